//! How much may be compared to answer one question. Who names thousands of hosts beside
//! thousands of policies asks for the product of them; systems that are run never do.

use crate::check::scene::Scene;
use crate::object::value::{Map, Value};

/// How many comparisons all objects have together, roughly.
const ALL: usize = 60_000_000;
/// How many one object has, whatever the others take.
const LEAST: usize = 10_000;
const MOST: usize = 1_000_000;

/// What is left of it. It is each object's own, so that no object is judged otherwise
/// because of those that another thread looks at.
pub struct Effort(usize);

/// There is none left: what was asked is not known.
pub struct Exhausted;

impl Effort {
    /// That of one object.
    pub fn of_one(scene: &Scene<'_>) -> Effort {
        Effort((ALL / scene.subjects.len().max(1)).clamp(LEAST, MOST))
    }

    pub fn spend(&mut self, comparisons: usize) -> Result<(), Exhausted> {
        // Who could not pay once does not go on with what is cheaper.
        self.0 = self.0.saturating_sub(comparisons);
        if self.0 == 0 { Err(Exhausted) } else { Ok(()) }
    }
}

/// How many comparisons something takes that is compared as a whole.
pub fn size(value: &Value) -> usize {
    match value {
        Value::List(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Map(map) => size_of_map(map),
        _ => 1,
    }
}

pub fn size_of_map(map: &Map) -> usize {
    map.iter().map(|(_, value)| size(value)).sum::<usize>() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_could_not_pay_does_not_go_on() {
        let mut effort = Effort(10);
        assert!(effort.spend(5).is_ok());
        assert!(effort.spend(7).is_err());
        assert!(effort.spend(0).is_err());
    }
}
