//! What the rules of a schema say, in CEL: that they can be read, ask about fields that are
//! there, and give true or false.

use crate::cel::types::Type;
use crate::cel::{self, Expression};
use crate::check::api::custom::part::Part;
use crate::check::at::At;

use super::paths::below;

/// All rules of a schema: `cel.Compile`.
pub fn validate(root: At<'_>) {
    // Where a list around it has no keys, an item has no earlier self.
    let mut open = vec![(root, true, true)];
    while let Some((at, is_root, has_old)) = open.pop() {
        let rules = at.field("x-kubernetes-validations");
        if let (false, Some(schema)) = (rules.is_empty(), at.value()) {
            let part = Part::read(schema, is_root);
            rules.items().for_each(|rule| one(rule, &part, has_old));
        }
        let is_whole = at.field("x-kubernetes-map-type").text() == Some("atomic");
        let has_keys = at.field("x-kubernetes-list-type").text() == Some("map");
        let is_list = at.field("items").is_set();
        let has_old = has_old && !is_whole && (has_keys || !is_list);
        open.extend(below(at).map(|below| (below, false, has_old)));
    }
}

fn one(rule: At<'_>, part: &Part, has_old: bool) {
    let (text, message) = (rule.field("rule"), rule.field("messageExpression"));
    let old = rule.field("optionalOldSelf");
    let own = part.own();
    let names = [("self", own), ("oldSelf", if old.is_true() { Type::Unknown } else { own })];
    match compile(text.text_or_empty(), &names, |found| matches!(found, Type::Bool)) {
        Err(reason) => text.fault(format!("the rule {reason}")),
        Ok(None) => {}
        Ok(Some(read)) if read.uses("oldSelf") => {
            if !has_old {
                text.fault("`oldSelf` is not known of what stands in a list without keys");
            }
        }
        Ok(_) if old.is_set() => old.fault("the rule does not use `oldSelf`"),
        Ok(_) => {}
    }
    if !message.is_empty() {
        let found = compile(message.text_or_empty(), &names, |f| matches!(f, Type::Text));
        if let Err(reason) = found {
            message.fault(format!("the expression {reason}"));
        }
    }
}

/// Nothing is known of one that is too much for us.
fn compile(
    text: &str,
    names: &[(&str, Type<'_>)],
    fits: impl Fn(Type<'_>) -> bool,
) -> Result<Option<Expression>, String> {
    let cannot = |reason: String| format!("does not compile: {reason}");
    let read = match cel::parse(text) {
        Err(error) if error.is_limit => return Ok(None),
        read => read.map_err(|error| cannot(error.to_string()))?,
    };
    let found = read.type_with(names).map_err(cannot)?;
    if matches!(found, Type::Unknown) || fits(found) {
        return Ok(Some(read));
    }
    let what = found.name().unwrap_or("whatever is there");
    Err(format!("gives {what}, which is not what is wanted here"))
}
