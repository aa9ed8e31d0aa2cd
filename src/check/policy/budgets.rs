//! What a PodDisruptionBudget selects.

use crate::check::subject::Subject;
use crate::object::value::Map;

/// What a budget selects. An empty selector takes all pods, none takes none.
pub fn selector<'a>(budget: &Subject<'a>) -> Option<&'a Map> {
    budget.content.get("spec")?.get("selector")?.as_map()
}
