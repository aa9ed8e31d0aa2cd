//! `schema`: what a profile may say, for editors and readers.

use serde_json::Value;

use crate::support::{Scratch, snapshot};

fn schema() -> Value {
    serde_json::from_str(&Scratch::new().run(&["schema"]).succeeds().stdout).unwrap()
}

#[test]
fn the_documentation_is_made_from_the_code() {
    let scratch = Scratch::new();
    let schema = scratch.run(&["schema"]).succeeds().stdout;
    snapshot::assert_same("docs/profile.schema.json", &schema);
    let reference = scratch.run(&["schema", "--markdown"]).succeeds().stdout;
    snapshot::assert_same("docs/reference.md", &reference);
}

/// Every part of the schema.
fn parts<'a>(schema: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    visit(schema);
    match schema {
        Value::Object(map) => map.values().for_each(|value| parts(value, visit)),
        Value::Array(items) => items.iter().for_each(|value| parts(value, visit)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let schema = schema();
    parts(&schema, &mut |part| {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            assert!(schema.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
    });
}

#[test]
fn every_key_is_described() {
    let schema = schema();
    parts(&schema, &mut |part| {
        for (key, value) in part.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let description = value.get("description").or_else(|| value.get("markdownDescription"));
            assert!(description.is_some_and(|text| text != ""), "{key}: {value}");
        }
    });
}

#[test]
fn defaults_enumerations_and_examples() {
    let text = schema().to_string();
    for part in ["\"default\":", "\"enum\":", "\"examples\":"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn links_of_the_reference_lead_somewhere() {
    let text = Scratch::new().run(&["schema", "--markdown"]).succeeds().stdout;
    let titles: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|title| title.to_lowercase().replace(' ', "-").replace(':', ""))
        .collect();
    for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(titles.iter().any(|title| title == link), "{link}");
    }
}
