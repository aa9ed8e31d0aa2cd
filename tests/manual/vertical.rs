//! Vertical autoscalers: who sets what containers request.

use crate::support::web;

#[test]
fn it_may_only_recommend() {
    web("verticalScale: Off").render("").has(
        "VerticalPodAutoscaler/web",
        r#"
        apiVersion: autoscaling.k8s.io/v1
        metadata: {namespace: shop}
        spec:
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          updatePolicy: {updateMode: "Off"}
          resourcePolicy: null
        "#,
    );
}

/// In Kubernetes the policy of one container stands instead of the one for
/// all; here it is laid upon it.
#[test]
fn bounds_for_all_and_for_one() {
    web("
        containers: {proxy: {image: envoy:1}, side: {image: side:1}}
        verticalScale:
          mode: InPlaceOrRecreate
          minReplicas: 1
          min: {cpu: 50m, memory: 64Mi}
          max: {memory: 2Gi}
          controlledValues: RequestsOnly
          containers:
            proxy: {min: {cpu: 10m}}
            side: Off
        ")
    .render("")
    .has(
        "VerticalPodAutoscaler/web",
        r#"
        spec:
          updatePolicy: {updateMode: InPlaceOrRecreate, minReplicas: 1}
          resourcePolicy:
            containerPolicies:
            - containerName: proxy
              minAllowed: {cpu: 10m, memory: 64Mi}
              maxAllowed: {memory: 2Gi}
              controlledValues: RequestsOnly
            - {containerName: side, mode: "Off", minAllowed: null}
            - containerName: "*"
              minAllowed: {cpu: 50m, memory: 64Mi}
              maxAllowed: {memory: 2Gi}
              controlledValues: RequestsOnly
        "#,
    );
}

#[test]
fn each_kind_is_its_target() {
    web("kind: CronJob\nschedule: '@daily'\nverticalScale: Initial").render("").has(
        "VerticalPodAutoscaler/web",
        "spec: {targetRef: {apiVersion: batch/v1, kind: CronJob}}",
    );
    web("kind: CronJob\nschedule: '@daily'\nverticalScale: Recreate").render("").mentions(&[
        "the pods of a CronJob are never replaced",
        "`Initial` sets what the next pods request",
    ]);
}

#[test]
fn pods_change_while_they_run_since_1_33() {
    web("verticalScale: InPlaceOrRecreate")
        .file("overlays/dev.yaml", "kubernetes: '1.32'\n")
        .render("")
        .mentions(&["changing pods while they run needs Kubernetes 1.33"]);
}

#[test]
fn a_target_is_found_by_its_name() {
    web("kind: Job\njob: {newNameOnChange: true}\nverticalScale: Initial")
        .render("")
        .mentions(&["cannot be found again"]);
}

/// What one of them requests more, the other sees as less used.
#[test]
fn two_autoscalers_do_not_answer_to_one_measure() {
    let both = |scale: &str, vertical: &str| {
        web(&format!(
            "resources: {{requests: {{cpu: 1, memory: 1Gi}}}}\nscale: {{max: 5, {scale}}}\nverticalScale: {vertical}"
        ))
        .render("")
    };
    both("cpu: 80%", "Recreate").mentions(&["changes what this is a share of", "k8sgen.yaml:6:26"]);
    both("memory: 80%", "{mode: Recreate, containers: {web: {controlledResources: [memory]}}}")
        .mentions(&["the requests of `memory`"]);
    both("metrics: {a: {container: web, resource: cpu, utilization: 70%}}", "Auto")
        .mentions(&["the requests of `cpu`"]);
    for (scale, vertical) in [
        ("cpu: 80%", "Off"),
        ("cpu: 80%", "Initial"),
        ("cpu: 80%", "{mode: Recreate, controlledResources: [memory]}"),
        ("cpu: 80%", "{mode: Recreate, containers: {web: Off}}"),
        ("cpu: 500m", "Recreate"),
        ("metrics: {a: {pods: x, average: 1}}", "Recreate"),
    ] {
        both(scale, vertical).succeeds();
    }
}

#[test]
fn bounds_that_make_no_sense() {
    let with = |text: &str| {
        web(&format!("resources: {{limits: {{cpu: 1}}}}\nverticalScale: {{mode: Initial, {text}}}"))
            .render("")
    };
    with("min: {cpu: 2}, max: {cpu: 1}").mentions(&["the least `cpu` is above the most"]);
    with("max: {cpu: 1}, containers: {web: {min: {cpu: 2}}}").mentions(&["above the most"]);
    with("min: {cpu: 2}, controlledValues: RequestsOnly").mentions(&["above the limit of `cpu`"]);
    with("min: {cpu: 2}").succeeds();
    with("min: {cpu: 0.5m}").mentions(&["whole thousandths"]);
    with("min: {}").mentions(&["say `cpu`, `memory` or both"]);
    with("min: {gpu: 1}").mentions(&["unknown key `gpu`"]);
    with("controlledResources: []").mentions(&["`mode: Off`"]);
    with("controlledResources: [cpu], min: {memory: 1Gi}")
        .mentions(&["`memory` is not controlled"]);
    with("containers: {wep: Off}").mentions(&["no lasting container `wep`", "did you mean `web`?"]);
    with("containers: {web: {}}").mentions(&["nothing is said of this container"]);
    with("minReplicas: 1").mentions(&["this mode replaces no pods"]);
    with("minAllowed: {cpu: 1}").mentions(&["did you mean `min`?"]);
}
