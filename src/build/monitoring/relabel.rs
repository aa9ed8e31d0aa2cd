//! Relabelings: what becomes of labels while Prometheus scrapes.

use crate::crd::monitoring as crd;
use crate::diagnostic::{Report, Unknown};
use crate::profile::decode::Raw;
use crate::tree::Content;

use super::super::raw;

/// Relabelings of the operator's own form, with the rules of Prometheus'
/// `relabel.Config.Validate`.
pub fn relabelings(part: Option<&Raw>, report: &mut Report) -> Option<Vec<crd::RelabelConfig>> {
    const ACTIONS: [&str; 11] = [
        "replace",
        "keep",
        "drop",
        "hashmod",
        "labelmap",
        "labeldrop",
        "labelkeep",
        "lowercase",
        "uppercase",
        "keepequal",
        "dropequal",
    ];
    let part = part?;
    let configs: Vec<crd::RelabelConfig> = raw::part(part, report)?;
    let items = match &part.0.content {
        Content::List(items) => items.as_slice(),
        _ => &[],
    };
    if configs.is_empty() {
        report.error(part.0.place, "at least one relabeling");
    }
    for (config, item) in configs.iter().zip(items) {
        let at = |key: &str| item.get(key).map_or(item.place, |node| node.place);
        let written = config.action.as_deref().unwrap_or("replace");
        let action = written.to_ascii_lowercase();
        let camel = |name: &str| match name {
            "hashmod" => "HashMod".to_owned(),
            "labelmap" => "LabelMap".to_owned(),
            "labeldrop" => "LabelDrop".to_owned(),
            "labelkeep" => "LabelKeep".to_owned(),
            "keepequal" => "KeepEqual".to_owned(),
            "dropequal" => "DropEqual".to_owned(),
            name => name[..1].to_ascii_uppercase() + &name[1..],
        };
        let known = ACTIONS.iter().any(|name| *name == written || camel(name) == written);
        if !known {
            let message = format!("there is no action `{written}`");
            report.add(Unknown::new(message, written, ACTIONS).at(at("action")));
            continue;
        }
        let writes = matches!(
            &*action,
            "replace" | "hashmod" | "lowercase" | "uppercase" | "keepequal" | "dropequal"
        );
        if writes && config.target_label.as_deref().unwrap_or_default().is_empty() {
            report.error(item.place, format!("the action `{written}` needs `targetLabel`"));
        }
        let hashes = action == "hashmod";
        match (hashes, config.modulus) {
            (true, None | Some(0)) => {
                report.error(item.place, "the action `hashmod` needs a `modulus` above 0");
            }
            (false, Some(_)) => {
                report.error(at("modulus"), "`modulus` belongs to the action `hashmod`");
            }
            _ => {}
        }
    }
    Some(configs)
}
