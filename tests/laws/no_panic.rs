//! No input panics, hangs, or half succeeds: whatever stands in the files, the
//! answer is objects or errors, soon.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;

use crate::rendering::config;
use crate::rendering::rendered;
use crate::support::{ROOT, Scratch, copy};

/// A change to a text.
#[derive(Clone, Debug)]
enum Mutation {
    RemoveLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    Indent(Index, bool),
    /// The value of one line under the key of another.
    Cross(Index, Index),
    Insert(Index, &'static str),
    Overwrite(Index, u8),
    Truncate(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "- ",
        "&a ",
        "*a",
        "<<: *a",
        "!!str ",
        "|\n",
        ">",
        "\"",
        "'",
        "#",
        "%",
        "\t",
        "\n",
        "\r",
        "null",
        "~",
        "true",
        "-1",
        "9999999999999999999999",
        "1e999",
        ".nan",
        "\u{feff}",
        "\0",
        "\u{7f}",
        "é",
        "---\n",
        "...\n",
        "$(A)",
        "$$",
        "<%",
        "%>",
        "0x",
        "..",
        "/",
        "@",
        "\u{2028}",
        "😀",
        "? ",
        "-0",
        "100%",
        "1h",
        "x: {}",
        "[[[[",
        "{a: {a: {a: {",
    ];
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Mutation::RemoveLine),
        at().prop_map(Mutation::DoubleLine),
        (at(), at()).prop_map(|(a, b)| Mutation::SwapLines(a, b)),
        (at(), any::<bool>()).prop_map(|(a, deeper)| Mutation::Indent(a, deeper)),
        (at(), at()).prop_map(|(a, b)| Mutation::Cross(a, b)),
        (at(), prop::sample::select(PIECES)).prop_map(|(a, piece)| Mutation::Insert(a, piece)),
        (at(), any::<u8>()).prop_map(|(a, byte)| Mutation::Overwrite(a, byte)),
        at().prop_map(Mutation::Truncate),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let place = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
    match mutation {
        Mutation::Insert(at, piece) => {
            let at = place(at, bytes);
            bytes.splice(at..at, piece.bytes());
        }
        Mutation::Overwrite(at, byte) => {
            let at = place(at, bytes);
            if let Some(own) = bytes.get_mut(at) {
                *own = *byte;
            }
        }
        Mutation::Truncate(at) => bytes.truncate(place(at, bytes)),
        _ => {
            let mut lines: Vec<Vec<u8>> =
                bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            let line = |index: &Index| index.index(lines.len());
            match mutation {
                Mutation::RemoveLine(at) => drop(lines.remove(line(at))),
                Mutation::DoubleLine(at) => {
                    let at = line(at);
                    lines.insert(at, lines[at].clone());
                }
                Mutation::SwapLines(a, b) => {
                    let (a, b) = (line(a), line(b));
                    lines.swap(a, b);
                }
                Mutation::Indent(at, true) => {
                    let at = line(at);
                    lines[at].splice(0..0, *b"  ");
                }
                Mutation::Indent(at, false) => {
                    let at = line(at);
                    let spaces = lines[at].iter().take(2).take_while(|b| **b == b' ').count();
                    lines[at].drain(..spaces);
                }
                Mutation::Cross(a, b) => {
                    let (a, b) = (line(a), line(b));
                    let colon = |line: &[u8]| line.iter().position(|b| *b == b':');
                    if let (Some(own), Some(other)) = (colon(&lines[a]), colon(&lines[b])) {
                        let value = lines[b][other..].to_vec();
                        lines[a].truncate(own);
                        lines[a].extend(value);
                    }
                }
                _ => {}
            }
            *bytes = lines.join(&b'\n');
        }
    }
}

const FILES: [&str; 4] = [
    "k8sgen.yaml",
    "overlays/dev.yaml",
    "overlays/prod.yaml",
    "templates/rate-limit/Settings.toml",
];

/// The book's project with the environment dev made of all its layers.
fn book() -> Scratch {
    let scratch = Scratch::new();
    for directory in ["overlays", "templates"] {
        copy(&Path::new(ROOT).join(directory), &scratch.path().join(directory));
    }
    fs::copy(Path::new(ROOT).join("k8sgen.yaml"), scratch.path().join("k8sgen.yaml")).unwrap();
    // What is rendered here is `dev`: with prod below it, both are read.
    let dev = scratch.read("overlays/dev.yaml");
    scratch.write("overlays/dev.yaml", format!("extends: prod\n{dev}"));
    scratch
}

fn mutated(scratch: &Scratch, mutations: &[(usize, Mutation)]) {
    for (file, mutation) in mutations {
        let path = scratch.path().join(FILES[*file]);
        let mut bytes = fs::read(&path).unwrap();
        mutate(&mut bytes, mutation);
        fs::write(&path, bytes).unwrap();
    }
}

fn mutations() -> impl Strategy<Value = Vec<(usize, Mutation)>> {
    prop::collection::vec((0..FILES.len(), mutation()), 1..6)
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn no_input_panics(mutations in mutations()) {
        let scratch = book();
        mutated(&scratch, &mutations);
        let start = Instant::now();
        // A panic fails the test by itself.
        let answer = rendered(&scratch);
        prop_assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        if let Err(errors) = answer {
            prop_assert!(errors.starts_with("error: "), "{}", errors);
        }
    }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn the_status_is_0_or_2(mutations in mutations()) {
        let scratch = book();
        mutated(&scratch, &mutations);
        let run = scratch.render("");
        match run.status {
            0 => prop_assert!(run.stderr.is_empty() && !run.stdout.is_empty()),
            2 => prop_assert!(run.stdout.is_empty() && run.stderr.starts_with("error: ")),
            other => prop_assert!(false, "status {}: {}", other, run.stderr),
        }
    }

    #[test]
    fn no_argument_panics(path in "[a-z.\\[\\]=/ \"'\u{e9}-]{0,30}", value in any::<String>()) {
        let value = value.replace('\0', "");
        let scratch = book();
        let set = format!("{path}={value}");
        for arguments in [
            &["render", "--env", "dev", "--set", &set][..],
            &["render", "--env", "dev", "--image", &set],
            &["render", "--env", &path, "--only", &value],
            &["explain", "--env", "dev", "--", &path],
            &["explain", "--env", "dev", "--", &value],
        ] {
            let run = scratch.run(arguments);
            prop_assert!(matches!(run.status, 0 | 2), "{:?}: {}", arguments, run.stderr);
        }
    }
}
