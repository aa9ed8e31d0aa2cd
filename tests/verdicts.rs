//! Manifests against an API server's word. Raw manifests of a profile are read as
//! strictly as it reads them: what it could not even decode is refused, and what it took
//! is taken. (There we are stricter in two things only: a list has no `null` in it, and
//! fields that the API's own definitions require are there.) `check` agrees with it on
//! everything, and names the fields that it names.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use k8sgen::check::api::custom::builtin;
use k8sgen::check::api::custom::definitions::Definitions;
use k8sgen::check::finding::Finding;
use k8sgen::check::rule::Severity;
use k8sgen::check::settings::Settings;
use k8sgen::check::subject::Subject;
use k8sgen::check::{self};
use k8sgen::diagnostic::Report;
use k8sgen::manifests;
use k8sgen::object::from_value::Fault;
use k8sgen::object::kinds::{self, Kind};
use k8sgen::object::types;
use k8sgen::object::value::{Key, Map, Value};
use k8sgen::source::Sources;

fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap()),
        },
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(Map(map.iter().map(|(k, v)| (Key::Owned(k.clone()), value(v))).collect()))
        }
    }
}

#[test]
fn manifests_are_read_as_strictly_as_a_server_reads_them() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/apiserver-verdicts/verdicts.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/apiserver-verdicts is not here");
        return;
    };
    let (mut judged, mut wrong, mut stricter) = (0, Vec::new(), 0);
    for line in text.lines() {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let object = &verdict["object"];
        let word = |key: &str| object[key].as_str().unwrap_or_default();
        let known = kinds::find(word("apiVersion"), word("kind"));
        let Some(of) = known.and_then(Kind::content) else { continue };
        let accepted = verdict["accepted"].as_bool().unwrap();
        let undecodable = verdict["reason"].as_str() == Some("BadRequest");
        if !accepted && !undecodable {
            continue;
        }
        judged += 1;
        match (types::complete(of, &value(object)), accepted) {
            (Ok(_), true) | (Err(_), false) => {}
            (Err(faults), true) if faults.iter().all(is_stricter_by_choice) => stricter += 1,
            (ours, _) => wrong.push(format!(
                "{} {}: the server said {accepted}, we {:?}",
                verdict["id"],
                verdict["change"],
                ours.err()
            )),
        }
    }
    println!("{judged} judged, {} disagree, {stricter} stricter by choice", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(stricter < 20);
}

fn is_stricter_by_choice(fault: &Fault) -> bool {
    fault.message.ends_with("found nothing") || fault.message.ends_with("is missing")
}

/// What `check` says of one object of the file.
struct Judgement {
    id: String,
    change: String,
    agrees: bool,
    server: String,
    ours: Vec<String>,
    /// The fields that the server names, and whether we name them too.
    causes: Vec<(String, String, bool)>,
}

/// The definitions that the server had.
fn definitions() -> Definitions {
    let mut objects = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/crds");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "yaml")) {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let source = sources.add_file(file.to_string_lossy(), fs::read_to_string(file).unwrap());
        objects.extend(manifests::read(source, &sources, &mut report));
        assert!(report.is_empty(), "{file:?}");
    }
    Definitions::new(objects.into_iter().map(|object| object.content).collect())
}

/// What `check` finds in an object of the file.
fn findings(object: &serde_json::Value, settings: &Settings) -> Vec<Finding> {
    let mut sources = Sources::default();
    let source = sources.add_file("object.json", object.to_string());
    let mut report = Report::default();
    let read = manifests::read(source, &sources, &mut report);
    assert!(report.is_empty(), "{object} cannot be read");
    let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
    check::check(&subjects, settings, 1).findings
}

fn judge(line: &str, settings: &Settings) -> Judgement {
    let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| verdict[key].as_str().unwrap_or_default().to_owned();
    let findings = findings(&verdict["object"], settings);
    let errors: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let accepted = verdict["accepted"].as_bool().unwrap();
    let causes = verdict["causes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = |cause: &serde_json::Value| {
        let field = cause["field"].as_str()?;
        let message = cause["message"].as_str().unwrap_or_default();
        let found = errors.iter().any(|finding| finding.field == named_field(field, message));
        Some((field.to_owned(), message.to_owned(), found))
    };
    Judgement {
        id: text("id"),
        change: format!("{} {}", text("base"), text("change")),
        agrees: accepted == errors.is_empty(),
        server: if accepted { "accepted".to_owned() } else { verdict["causes"].to_string() },
        ours: errors
            .iter()
            .map(|f| format!("{}: {} ({})", f.field, f.message, f.rule.name))
            .collect(),
        causes: causes.iter().filter_map(named).collect(),
    }
}

/// The field that a cause is about. Where a server has `<nil>` it says it in its message,
/// or means the object.
fn named_field<'t>(field: &'t str, message: &'t str) -> &'t str {
    let in_message = || {
        let quoted =
            message.strip_prefix("Invalid value: \"\": \"").and_then(|m| m.split_once('"'));
        let behind =
            message.split_once("Checked value must be ").and_then(|_| message.rsplit_once(' '));
        quoted.map(|(path, _)| path).or(behind.map(|(_, path)| path))
    };
    match field {
        "<nil>" => in_message().unwrap_or_default(),
        field => field.trim_start_matches('.'),
    }
}

/// `VERDICTS=Service` shows all disagreements over Services, `VERDICTS=all` over
/// everything; without it the first are shown.
#[test]
fn check_agrees_with_the_server() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/apiserver-verdicts/verdicts.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/apiserver-verdicts is not here");
        return;
    };
    let wanted = std::env::var("VERDICTS").ok();
    let is_wanted = |line: &&str| {
        let kinds = wanted.as_deref().map(|kinds| kinds.split(','));
        kinds.is_none_or(|mut kinds| {
            kinds.any(|k| k == "all" || line.contains(&format!("\"base\":\"{k}/")))
        })
    };
    let only = vec!["api".to_owned()];
    let settings = Settings { only, definitions: definitions(), ..Settings::default() };
    let lines = text.lines().filter(is_wanted);
    let judged: Vec<Judgement> = lines.map(|line| judge(line, &settings)).collect();
    let most = if wanted.is_some() { usize::MAX } else { 20 };
    for one in judged.iter().filter(|one| !one.agrees).take(most) {
        println!(
            "DISAGREES {} {}\n  server: {}\n  ours: {:?}",
            one.id, one.change, one.server, one.ours
        );
    }
    let (mut right, mut causes) = (0, 0);
    let mut shown = 0;
    for one in &judged {
        for (field, message, found) in &one.causes {
            causes += 1;
            right += usize::from(*found);
            if !found && one.agrees && shown < most {
                shown += 1;
                println!(
                    "UNNAMED {} {}\n  {field}: {message}\n  ours: {:?}",
                    one.id, one.change, one.ours
                );
            }
        }
    }
    let agree = judged.iter().filter(|one| one.agrees).count();
    println!("{agree} of {} verdicts agree; {right} of {causes} causes named", judged.len());
    let others: Vec<&str> = judged
        .iter()
        .filter(|one| !one.agrees && OF_THE_SERVER.iter().all(|(id, _)| *id != one.id))
        .map(|one| one.change.as_str())
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(right * 100 >= causes * 97, "{right} of {causes}");
}

/// Verdicts that depend on a server's own choice, and on which.
const OF_THE_SERVER: &[(&str, &str)] = &[
    // In its dry run that server takes any port of nodes, and picks the one behind it for
    // the health check, which is then out of range.
    ("315e8123268b", "the port that it picks for a health check"),
    ("d78aa56b26bd", "the port that it picks for a health check"),
];

/// What k8sgen knows of custom resources by itself is what their definitions say.
#[test]
fn own_definitions_judge_as_the_given_ones() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/apiserver-verdicts/verdicts.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/apiserver-verdicts is not here");
        return;
    };
    let only = vec!["api".to_owned()];
    let own = Settings { only, ..Settings::default() };
    let given = Settings { definitions: definitions(), ..own.clone() };
    let mut compared = 0;
    for line in text.lines() {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let object = &verdict["object"];
        let word = |key: &str| object[key].as_str().unwrap_or_default();
        let group = word("apiVersion").split_once('/').map_or("", |(group, _)| group);
        if builtin::find(group, word("kind")).is_none() {
            continue;
        }
        let said = |settings: &Settings| -> Vec<(String, String)> {
            let said = findings(object, settings);
            said.into_iter().map(|finding| (finding.field, finding.message)).collect()
        };
        assert_eq!(said(&own), said(&given), "{}", verdict["id"]);
        compared += 1;
    }
    assert!(compared > 900, "{compared}");
}
