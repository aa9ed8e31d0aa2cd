//! What the projects of this repository must give, for reviewers to see.

use crate::support::environments::ALL;
use crate::support::snapshot;

#[test]
fn every_environment_gives_its_snapshot() {
    for environment in ALL {
        let path = format!("snapshots/{}.yaml", environment.name);
        snapshot::assert_same(&path, &environment.rendered());
    }
}
