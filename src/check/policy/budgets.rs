//! Which pods a PodDisruptionBudget covers.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::check::scene::{Pod, Scene, Selector};
use crate::check::subject::Subject;
use crate::object::value::Map;

/// The first budget of each pod that has one.
pub struct Budgets {
    first: HashMap<u32, u32, RandomState>,
}

impl Budgets {
    pub fn of(scene: &Scene<'_>) -> Budgets {
        let mut first = HashMap::default();
        for (number, budget) in scene.numbered("policy", "PodDisruptionBudget") {
            let Some(selector) = selector(budget) else { continue };
            for pod in scene.selected(scene.namespace_of(budget), Selector::Full(selector)) {
                first.entry(pod.number).or_insert(number);
            }
        }
        Budgets { first }
    }

    /// The budget that covers a pod: the first, where there are several.
    pub fn first<'a>(&self, scene: &Scene<'a>, pod: &Pod<'_>) -> Option<&'a Subject<'a>> {
        scene.subjects.get(*self.first.get(&pod.number)? as usize)
    }
}

/// What a budget selects. An empty selector takes all pods, none takes none.
pub fn selector<'a>(budget: &Subject<'a>) -> Option<&'a Map> {
    budget.content.get("spec")?.get("selector")?.as_map()
}
