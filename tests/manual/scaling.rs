//! Autoscalers and disruption budgets.

use crate::support::web;

#[test]
fn a_scale_range_takes_the_number_of_replicas_out() {
    let project = web(
        "replicas: 3\nresources: {requests: {cpu: 100m}}\nscale: {min: 2, max: 5, cpu: 80%, memory: 1Gi}",
    );
    project.render("").has("Deployment/web", "spec: {replicas: null}");
    project.render("").has(
        "HorizontalPodAutoscaler/web",
        "
        apiVersion: autoscaling/v2
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 2
          maxReplicas: 5
          metrics:
          - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}
          - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
        ",
    );
}

#[test]
fn metrics_of_every_kind() {
    let project = web("
        resources: {limits: {cpu: 1}}
        scale:
          name: web-hpa
          max: 5
          metrics:
            rps: {pods: requests_per_second, average: 100, selector: {verb: GET}}
            queue: {external: queue_depth, value: 1k}
            main: {object: {of: Ingress/main, metric: requests}, value: 2k}
            proxy: {container: web, resource: cpu, utilization: 70%}
        ");
    project.render("").has(
        "HorizontalPodAutoscaler/web-hpa",
        r#"
        spec:
          minReplicas: 1
          metrics:
          - type: Pods
            pods:
              metric: {name: requests_per_second, selector: {matchLabels: {verb: GET}}}
              target: {type: AverageValue, averageValue: "100"}
          - type: External
            external: {metric: {name: queue_depth}, target: {type: Value, value: 1k}}
          - type: Object
            object:
              describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: main}
              metric: {name: requests}
              target: {type: Value, value: 2k}
          - type: ContainerResource
            containerResource: {container: web, name: cpu, target: {type: Utilization, averageUtilization: 70}}
        "#,
    );
}

#[test]
fn behaviour() {
    let project = web("
        resources: {requests: {cpu: 100m}}
        scale:
          max: 5
          cpu: 80%
          up: {window: 0s, add: [100% per 30s, 2 per 1m], select: Max}
          down: {window: 10m, remove: 1 per 5m}
        ");
    project.render("").has(
        "HorizontalPodAutoscaler/web",
        "
        spec:
          behavior:
            scaleUp:
              stabilizationWindowSeconds: 0
              selectPolicy: Max
              policies:
              - {type: Percent, value: 100, periodSeconds: 30}
              - {type: Pods, value: 2, periodSeconds: 60}
            scaleDown:
              stabilizationWindowSeconds: 600
              policies: [{type: Pods, value: 1, periodSeconds: 300}]
        ",
    );
}

#[test]
fn bounds_that_contradict_each_other() {
    for text in [
        "scale: {min: 5, max: 2, cpu: 1}",
        "scale: {min: 0, max: 2, cpu: 1}",
        "scale: {max: 2}",
        "replicas: 9\nscale: {max: 2, cpu: 1}",
        "scale: {max: 2, cpu: 1, up: {window: 2h}}",
        "scale: {max: 2, cpu: 1, up: {add: 1 per 1h}}",
        "scale: {max: 2, cpu: 1, up: {add: 0 per 1m}}",
        "scale: {max: 2, metrics: {a: {pods: x}}}",
        "scale: {max: 2, metrics: {a: {pods: x, value: 1}}}",
        "scale: {max: 2, metrics: {a: {pods: x, external: y, value: 1}}}",
        "scale: {max: 2, metrics: {a: {container: web, utilization: 70%}}}",
        "scale: {max: 2, metrics: {a: {object: {of: Gadget/main, metric: x}, value: 1}}}",
    ] {
        web(text).render("").mentions(&["--> k8sgen.yaml:"]);
    }
}

#[test]
fn the_container_of_a_metric_must_exist() {
    web("scale: {max: 2, metrics: {a: {container: nope, resource: cpu, utilization: 70%}}}")
        .render("")
        .mentions(&["`nope`", "k8sgen.yaml:5", "`web`"]);
}

/// Without, the autoscaler says that it is unable to compute the share, and
/// does nothing: for all containers that run as long as the pod, a request or
/// the limit that stands for one.
#[test]
fn a_share_of_the_request_needs_a_request() {
    web("resources: {requests: {memory: 1Gi}}\nscale: {max: 2, cpu: 80%}").render("").says(
        "
        error: the container `web` requests no `cpu`, so there is no share of it
         --> k8sgen.yaml:6:26
          |
        6 |     scale: {max: 2, cpu: 80%}
          |                          ^^^
          |
          = help: `resources: {requests: {cpu: …}}`, or an amount per pod
        ",
    );
    let beside = |section: &str| {
        web(&format!(
            "resources: {{requests: {{cpu: 1}}}}\nscale: {{max: 2, cpu: 80%}}\n{section}: {{side: {{image: \"a:1\"}}}}"
        ))
        .render("")
    };
    beside("containers").mentions(&["the container `side` requests no `cpu`"]);
    beside("sidecars").mentions(&["the container `side` requests no `cpu`"]);
    // One that ends before the others begin has no share.
    beside("initContainers").succeeds();
    web("resources: {limits: {cpu: 1}}\nscale: {max: 2, cpu: 80%}").render("").succeeds();
    web("scale: {max: 2, cpu: 500m}").render("").succeeds();
}

#[test]
fn a_disruption_budget() {
    web("replicas: 3\ndisruption: {name: web-pdb, minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow}")
        .render("")
        .has(
            "PodDisruptionBudget/web-pdb",
            "
            apiVersion: policy/v1
            spec:
              minAvailable: 2
              unhealthyPodEvictionPolicy: AlwaysAllow
              selector: {matchLabels: {app.kubernetes.io/instance: shop, app.kubernetes.io/name: web}}
            ",
        );
    web("replicas: 3\ndisruption: {maxUnavailable: 50%}")
        .render("")
        .has("PodDisruptionBudget/web", "spec: {maxUnavailable: 50%}");
    web("disruption: {minAvailable: 1, maxUnavailable: 1}").render("").mentions(&["k8sgen.yaml:5"]);
    web("disruption: {}").render("").mentions(&["k8sgen.yaml:5"]);
}
