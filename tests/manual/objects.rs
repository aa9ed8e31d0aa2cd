//! `objects`: manifests of any kind, as Kubernetes defines them.

use crate::support::{shop, web};

#[test]
fn a_manifest_is_typed_and_put_in_its_place() {
    let project = shop(
        "
        objects:
          critical:
            description: What keeps the chain.
            value: 1000000
            kind: PriorityClass
            metadata: {name: critical}
            apiVersion: scheduling.k8s.io/v1
        workloads: {web: {image: nginx:1}}
        ",
    );
    assert_eq!(
        project.render("").names(),
        ["Namespace/shop", "PriorityClass/critical", "Deployment/web"]
    );
    project.render("--only PriorityClass").prints(
        "
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata:
          name: critical
        value: 1000000
        description: What keeps the chain.
        ",
    );
}

fn manifest(text: &str) -> crate::support::Scratch {
    shop(&format!("objects:\n  a:\n    {text}\n"))
}

#[test]
fn an_object_lives_in_the_namespace() {
    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
        .render("")
        .has("ConfigMap/a", "metadata: {namespace: shop}");
    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: b}}")
        .render("")
        .has("ConfigMap/a", "metadata: {namespace: b}");
}

#[test]
fn a_kind_that_nobody_knows_says_whether_it_has_a_namespace() {
    let gadget = |metadata: &str| {
        manifest(&format!(
            "{{apiVersion: example.org/v1, kind: Gadget, metadata: {{name: a{metadata}}}, spec: {{on: \"yes\", n: 1}}}}"
        ))
    };
    gadget("").render("").mentions(&["Gadget", "k8sgen.yaml:4:40", "metadata.namespace"]);
    gadget(", namespace: b")
        .render("")
        .has("Gadget/a", "metadata: {namespace: b}\nspec: {\"on\": \"yes\", n: 1}");
    gadget(", namespace: ''").render("").has("Gadget/a", "metadata: {namespace: null}");
}

#[test]
fn mistakes_have_places() {
    for (text, parts) in [
        ("{kind: ConfigMap, metadata: {name: a}}", ["apiVersion", "k8sgen.yaml:3"]),
        ("{apiVersion: v1, metadata: {name: a}}", ["`kind`", "k8sgen.yaml:3"]),
        ("{apiVersion: v1, kind: ConfigMap}", ["metadata.name", "k8sgen.yaml:3"]),
        (
            "{apiVersion: v1, kind: ConfgMap, metadata: {name: a}}",
            ["k8sgen.yaml:4:28", "`ConfigMap`"],
        ),
        (
            "{apiVersion: apps/v2, kind: Deployment, metadata: {name: a}}",
            ["k8sgen.yaml:4:18", "apps/v1"],
        ),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: A}}", ["k8sgen.yaml:4:56", "use `a`"]),
        (
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, dta: {a: b}}",
            ["dta", "k8sgen.yaml:4:60"],
        ),
        (
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: 1}}",
            ["k8sgen.yaml:4:67", "string"],
        ),
        (
            "{apiVersion: v1, kind: Namespace, metadata: {name: a, namespace: b}}",
            ["k8sgen.yaml:4", "no namespace"],
        ),
    ] {
        let run = manifest(text).render("").fails();
        for part in parts {
            assert!(run.stderr.contains(part), "{text}: {part}\n{}", run.stderr);
        }
    }
}

#[test]
fn two_objects_of_one_name() {
    web("")
        .file("overlays/dev.yaml", "objects: {a: {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: 'b:1'}]}}}}}")
        .render("")
        .mentions(&["two objects are called", "Deployment/web"]);
}

#[test]
fn null_in_a_manifest_removes_or_says_nothing() {
    let project = manifest(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}, immutable: null}",
    )
    .file("overlays/prod.yaml", "objects: {a: {data: {a: null, c: d}}}");
    project.render("").has("ConfigMap/a", "data: {a: b}\nimmutable: null");
    project.render("--env prod").has("ConfigMap/a", "data: {a: null, c: d}");
}

/// `kubectl` and most tools of Kubernetes read YAML 1.1.
#[test]
fn what_kubectl_reads_differently_is_written_out() {
    for (text, place) in [("{a: yes}", "4:79"), ("{a: 017}", "4:79"), ("{a: 1_000}", "4:79")] {
        let gadget = "{apiVersion: example.org/v1, kind: Gadget, metadata: {name: a}, ";
        let run = manifest(&format!("{gadget}spec: {text}}}")).render("").fails();
        assert!(run.stderr.contains(&format!("k8sgen.yaml:{place}")), "{text}\n{}", run.stderr);
    }
}

#[test]
fn numbers_stay_what_they_are() {
    manifest("{apiVersion: example.org/v1, kind: Gadget, metadata: {name: a, namespace: b}, spec: {big: 9007199254740993, small: 0.1, hex: 0x10, none: null}}")
        .render("")
        .has("Gadget/a", "spec: {big: 9007199254740993, small: 0.1, hex: 16}");
}

#[test]
fn labels_of_the_system_are_not_forced_on_them() {
    // What is written out is taken as it stands.
    let object = manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
        .render("")
        .object("ConfigMap/a");
    assert!(object["metadata"].get("labels").is_none());
}
