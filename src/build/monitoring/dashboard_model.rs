//! Whether a text is a dashboard that Grafana would load.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// What of a dashboard others must not have too.
pub struct Model {
    pub title: String,
    pub uid: Option<String>,
}

/// A fault, and what to do about it.
pub struct Fault {
    pub message: String,
    pub help: Option<&'static str>,
}

fn fault(message: impl Into<String>) -> Fault {
    Fault { message: message.into(), help: None }
}

impl Fault {
    fn help(self, help: &'static str) -> Fault {
        Fault { help: Some(help), ..self }
    }
}

/// Reads a dashboard.
pub fn read(text: &str) -> Result<Model, Fault> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| fault(format!("this is not JSON: {error}")))?;
    let Value::Object(model) = value else {
        return Err(fault("a dashboard is a JSON object"));
    };
    if model.contains_key("apiVersion") && model.contains_key("spec") {
        return Err(fault("this is a manifest of Grafana's API")
            .help("the sidecar takes the dashboard alone: what stands under `spec`"));
    }
    if model.get("dashboard").is_some_and(Value::is_object) && !model.contains_key("title") {
        return Err(fault("the dashboard is wrapped, as Grafana's API gives it")
            .help("keep what stands under `dashboard`"));
    }
    check_inputs(&model, text)?;
    let title = match model.get("title") {
        Some(Value::String(title)) if !title.trim().is_empty() => title.trim().to_owned(),
        _ => return Err(fault("a dashboard needs a `title`")),
    };
    let uid = match model.get("uid") {
        None | Some(Value::Null) => None,
        Some(Value::String(uid)) if uid.is_empty() => None,
        Some(Value::String(uid)) => Some(checked_uid(uid)?),
        Some(_) => return Err(fault("`uid` is a text")),
    };
    if let Some(version) = model.get("schemaVersion")
        && !version.is_u64()
    {
        return Err(fault("`schemaVersion` is a whole number"));
    }
    check_panels(&model)?;
    Ok(Model { title, uid })
}

/// Grafana's `util.IsValidShortUID` and `IsShortUIDTooLong`.
fn checked_uid(uid: &str) -> Result<String, Fault> {
    if uid.chars().count() > 40 {
        return Err(fault("`uid` has at most 40 characters"));
    }
    if !uid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Err(fault("`uid` has letters, digits, `-` and `_`"));
    }
    Ok(uid.to_owned())
}

/// A dashboard exported for sharing has holes that Grafana fills in when a
/// person imports it. The sidecar fills in nothing.
fn check_inputs(model: &Map<String, Value>, text: &str) -> Result<(), Fault> {
    const HELP: &str = "export it without `Export for sharing externally`, or replace `${NAME}` with a data source and remove `__inputs`";
    let inputs = match model.get("__inputs") {
        Some(Value::Array(inputs)) => inputs.as_slice(),
        _ => &[],
    };
    if let Some(input) = inputs.first() {
        let name = input.get("name").and_then(Value::as_str).unwrap_or("?");
        return Err(
            fault(format!("this was exported for sharing: its input `{name}` is open")).help(HELP)
        );
    }
    let variables = model.get("templating").and_then(|part| part.get("list"));
    let variables: HashSet<&str> = variables
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|variable| variable.get("name")?.as_str())
        .collect();
    for part in text.split("${DS_").skip(1) {
        let Some(end) = part.find('}') else { continue };
        let name = format!("DS_{}", &part[..end]);
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if is_name && !variables.contains(&*name) {
            let message = format!("`${{{name}}}` stands for a data source that nobody fills in");
            return Err(fault(message).help(HELP));
        }
    }
    Ok(())
}

fn check_panels(model: &Map<String, Value>) -> Result<(), Fault> {
    let list = |key: &str| match model.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items.as_slice())),
        Some(_) => Err(fault(format!("`{key}` is a list"))),
    };
    let (panels, rows) = (list("panels")?, list("rows")?);
    let elements = match model.get("elements") {
        None | Some(Value::Null) => None,
        Some(Value::Object(elements)) => Some(elements),
        Some(_) => return Err(fault("`elements` is an object")),
    };
    if panels.is_none() && rows.is_none() && elements.is_none() {
        return Err(fault("a dashboard has `panels`"));
    }
    let mut seen = HashSet::new();
    let in_rows = rows.unwrap_or_default().iter().filter_map(|row| row.get("panels"));
    let in_rows = in_rows.filter_map(Value::as_array).flatten();
    for panel in panels.unwrap_or_default().iter().chain(in_rows) {
        check_panel(panel, &mut seen)?;
    }
    for element in elements.into_iter().flat_map(Map::values) {
        if let Some(spec) = element.get("spec") {
            check_id(spec, &mut seen)?;
        }
    }
    Ok(())
}

fn check_panel(panel: &Value, seen: &mut HashSet<u64>) -> Result<(), Fault> {
    if !panel.is_object() {
        return Err(fault("a panel is a JSON object"));
    }
    check_id(panel, seen)?;
    // A row that is folded holds its panels itself.
    let folded = panel.get("panels").and_then(Value::as_array);
    folded.into_iter().flatten().try_for_each(|panel| check_panel(panel, seen))
}

fn check_id(panel: &Value, seen: &mut HashSet<u64>) -> Result<(), Fault> {
    match panel.get("id") {
        None | Some(Value::Null) => Ok(()),
        Some(id) => {
            let Some(id) = id.as_u64() else {
                return Err(fault("the `id` of a panel is a whole number"));
            };
            match seen.insert(id) {
                true => Ok(()),
                false => Err(fault(format!("two panels have the `id` {id}"))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashboards() {
        for text in [
            r#"{"title": "a", "panels": []}"#,
            r#"{"title": "a", "uid": "x_Y-1", "schemaVersion": 39, "__inputs": [], "panels": [{"id": 1, "panels": [{"id": 2}]}, {"id": 3}]}"#,
            r#"{"title": "a", "rows": [{"panels": [{"id": 1}]}]}"#,
            r#"{"title": "a", "elements": {"p": {"kind": "Panel", "spec": {"id": 1}}}}"#,
            r#"{"title": "${DS_X}", "panels": [], "templating": {"list": [{"name": "DS_X"}]}}"#,
        ] {
            assert!(read(text).is_ok(), "{text}");
        }
        for (text, message) in [
            ("{", "this is not JSON: EOF while parsing an object at line 1 column 1"),
            ("[]", "a dashboard is a JSON object"),
            (r#"{"panels": []}"#, "a dashboard needs a `title`"),
            (r#"{"title": "a"}"#, "a dashboard has `panels`"),
            (r#"{"title": "a", "panels": {}}"#, "`panels` is a list"),
            (r#"{"title": "a", "panels": [1]}"#, "a panel is a JSON object"),
            (
                r#"{"title": "a", "panels": [{"id": 1}, {"panels": [{"id": 1}]}]}"#,
                "two panels have the `id` 1",
            ),
            (r#"{"title": "a", "panels": [{"id": "1"}]}"#, "the `id` of a panel is a whole number"),
            (
                r#"{"title": "a", "panels": [], "uid": "a b"}"#,
                "`uid` has letters, digits, `-` and `_`",
            ),
            (
                r#"{"title": "a", "panels": [], "uid": "01234567890123456789012345678901234567890"}"#,
                "`uid` has at most 40 characters",
            ),
            (
                r#"{"title": "a", "panels": [], "schemaVersion": "39"}"#,
                "`schemaVersion` is a whole number",
            ),
            (
                r#"{"dashboard": {"title": "a"}, "meta": {}}"#,
                "the dashboard is wrapped, as Grafana's API gives it",
            ),
            (
                r#"{"apiVersion": "dashboard.grafana.app/v1", "kind": "Dashboard", "spec": {}}"#,
                "this is a manifest of Grafana's API",
            ),
            (
                r#"{"__inputs": [{"name": "DS_PROMETHEUS"}], "title": "a", "panels": []}"#,
                "this was exported for sharing: its input `DS_PROMETHEUS` is open",
            ),
            (
                r#"{"title": "a", "panels": [{"datasource": "${DS_PROM}"}]}"#,
                "`${DS_PROM}` stands for a data source that nobody fills in",
            ),
        ] {
            let found = read(text).err().map(|fault| fault.message);
            assert_eq!(found.as_deref(), Some(message), "{text}");
        }
    }
}
