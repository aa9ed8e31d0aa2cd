//! Same in, same out: whatever the number of threads, and however often.

use k8sgen::emit::Format;
use proptest::prelude::*;

use crate::rendering::{config, rendered, rendered_with};
use crate::systems::{project, system};

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn any_number_of_threads_gives_the_same_bytes(system in system()) {
        // Enough of each workload that threads are worth starting.
        let mut whole = system.0.clone();
        for (name, workload) in system.0["workloads"].as_mapping().unwrap() {
            for copy in 0..50 {
                let name = name.as_str().unwrap();
                let mut workload = workload.clone();
                // Services have names of their own.
                workload.as_mapping_mut().unwrap().remove("services");
                whole["workloads"][format!("{name}-{copy}")] = workload;
            }
        }
        let project = project(&whole);
        for format in [Format::Yaml, Format::Json] {
            let one = rendered_with(&project, 1, format);
            for threads in [2, 3, 8] {
                prop_assert_eq!(&rendered_with(&project, threads, format), &one);
            }
        }
    }

    #[test]
    fn every_run_gives_the_same_bytes(system in system()) {
        let project = project(&system.0);
        let first = rendered(&project);
        for _ in 0..3 {
            prop_assert_eq!(&rendered(&project), &first);
        }
    }
}
