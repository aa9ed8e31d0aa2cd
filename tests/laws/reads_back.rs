//! What is written reads back equal: strings to the character, and YAML and
//! JSON to the same objects.

use k8sgen::emit::Format;
use proptest::prelude::*;

use crate::rendering::config;
use crate::rendering::{rendered, rendered_with};
use crate::support::{name_of, objects_of};
use crate::systems::{project, system, tree};

/// Strings that YAML readers like to take for something else.
fn string() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "yes",
        "No",
        "on",
        "null",
        "~",
        "true",
        "1",
        "1.10",
        "0x1F",
        "1e3",
        "2001-01-01",
        "12:30:45",
        "=",
        "<<",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "#",
        " #",
        ": ",
        "- ",
        "? ",
        "---",
        "\n---\n",
        "...",
        "'",
        "\"",
        "\\",
        "|",
        ">",
        "{",
        "}",
        "[",
        "]",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
        "$",
        "é",
        "日本",
        "😀",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\r",
        "\r\n",
        "word",
    ];
    let piece = prop_oneof![
        prop::sample::select(PIECES).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn every_string_comes_out_as_it_went_in(text in string()) {
        // JSON's escapes are YAML's too.
        let quoted = serde_json::to_string(&text).unwrap();
        let mut system = tree("system: shop\nworkloads: {web: {image: 'nginx:1', command: []}}");
        system["config"] = tree("app: {data: {}}");
        let scratch = project(&system);
        scratch.write("k8sgen.yaml", format!(
            "system: shop\n\
             annotations: {{a: {quoted}}}\n\
             config: {{app: {{data: {{a: {quoted}}}}}}}\n\
             workloads:\n  web:\n    image: nginx:1\n    args: [{quoted}]\n    podAnnotations: {{a: {quoted}}}\n"
        ));
        let yaml = rendered(&scratch).map_err(TestCaseError::fail)?;
        let json = rendered_with(&scratch, 1, Format::Json).map_err(TestCaseError::fail)?;
        let list: serde_yaml::Value = serde_json::from_str(&json).unwrap();
        for objects in [objects_of(&yaml), list["items"].as_sequence().unwrap().clone()] {
            let one = |name: &str| objects.iter().find(|object| name_of(object) == name).unwrap();
            let pod = &one("Deployment/web")["spec"]["template"];
            for read in [
                &one("ConfigMap/app")["data"]["a"],
                &one("ConfigMap/app")["metadata"]["annotations"]["a"],
                &pod["metadata"]["annotations"]["a"],
                &pod["spec"]["containers"][0]["args"][0],
            ] {
                prop_assert_eq!(read.as_str(), Some(&*text));
            }
        }
    }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn yaml_and_json_say_the_same(system in system()) {
        let project = project(&system.0);
        let Ok(yaml) = rendered(&project) else { return Ok(()) };
        let json = rendered_with(&project, 1, Format::Json).map_err(TestCaseError::fail)?;
        let list: serde_yaml::Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&objects_of(&yaml), list["items"].as_sequence().unwrap());
    }

    #[test]
    fn documents_are_plain(system in system()) {
        let Ok(yaml) = rendered(&project(&system.0)) else { return Ok(()) };
        prop_assert!(yaml.ends_with('\n') && !yaml.ends_with("\n\n"));
        prop_assert!(yaml.lines().all(|line| !line.ends_with(' ')));
        let separators = yaml.lines().filter(|line| *line == "---").count();
        prop_assert_eq!(separators + 1, objects_of(&yaml).len());
    }

    /// Every object has a name of its own, and lives where the others do.
    #[test]
    fn names_are_unique(system in system()) {
        let Ok(yaml) = rendered(&project(&system.0)) else { return Ok(()) };
        let objects = objects_of(&yaml);
        let home = |object: &serde_yaml::Value| object["metadata"]["namespace"].as_str().map(str::to_owned);
        let names: Vec<_> = objects.iter().map(|object| (home(object), name_of(object))).collect();
        let unique: std::collections::BTreeSet<_> = names.iter().collect();
        prop_assert_eq!(unique.len(), names.len());
    }
}
