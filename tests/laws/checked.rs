//! A server takes it: what is rendered has no error of the families `api` and `refs`,
//! as objects and as the text that is printed.

use k8sgen::check;
use k8sgen::check::finding::Finding;
use k8sgen::check::rule::Severity;
use k8sgen::check::settings::Settings;
use k8sgen::check::subject::Subject;
use k8sgen::diagnostic::Report;
use k8sgen::emit::{self, Format};
use k8sgen::manifests;
use k8sgen::source::Sources;
use proptest::prelude::*;

use crate::rendering::{config, objects};
use crate::systems::{project, system};

/// The findings that stop output, by what they say.
fn errors(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| finding.rule.family() != "policy")
        .map(|finding| format!("{finding:?}"))
        .collect()
}

/// Everything that findings say.
fn all(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{finding:?}")).collect()
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn what_is_rendered_has_no_error(system in system()) {
        let Some(rendered) = objects(&project(&system.0)) else { return Ok(()) };
        let checked = rendered.check(1);
        prop_assert_eq!(errors(&checked.findings), Vec::<String>::new());
        prop_assert_eq!(all(&rendered.check(1).findings), all(&checked.findings));

        let text = emit::objects(&rendered.objects, Format::Yaml, 1).concat();
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let source = sources.add_file("out.yaml", String::from_utf8(text).unwrap());
        let read = manifests::read(source, &sources, &mut report);
        prop_assert!(report.is_empty());
        let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
        let settings = Settings { only: vec!["api".to_owned()], ..rendered.settings };
        let found = check::check(&subjects, &settings, 1).findings;
        prop_assert_eq!(errors(&found), Vec::<String>::new());
    }
}

/// So many objects are looked at by three threads.
const ENOUGH_FOR_THREADS: usize = 650;

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn neither_threads_nor_chance_change_what_is_found(system in system()) {
        let Some(rendered) = objects(&project(&system.0)) else { return Ok(()) };
        let own = rendered.objects.iter().map(Subject::of);
        let subjects: Vec<Subject<'_>> = own.cycle().take(ENOUGH_FOR_THREADS).collect();
        let found = |threads| all(&check::check(&subjects, &rendered.settings, threads).findings);
        let first = found(1);
        prop_assert_eq!(&found(3), &first);
        prop_assert_eq!(&found(1), &first);
    }
}
