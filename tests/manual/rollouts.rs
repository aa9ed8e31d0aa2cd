//! Rollouts of Argo: canaries, blue and green, and the analyses that judge
//! them.

use crate::support::{Scratch, dedent, shop};

/// A shop with a Rollout `web` and, beside it, what the second text says.
fn rollout(own: &str, beside: &str) -> Scratch {
    let body: String = dedent(own).lines().map(|line| format!("    {line}\n")).collect();
    shop(&format!(
        "{}workloads:\n  web:\n    kind: Rollout\n    image: nginx:1\n    ports: {{http: 8080}}\n{body}",
        dedent(beside)
    ))
}

const SUCCESS_RATE: &str = r#"
    analysis:
      success-rate:
        args: {service: {}, limit: "0.95"}
        metrics:
          ok:
            interval: 1m
            count: 5
            failureLimit: 1
            successCondition: result[0] >= {{args.limit}}
            prometheus:
              address: http://prometheus:9090
              query: sum(rate(requests_total{service="{{args.service}}",status!~"5.*"}[2m]))
    "#;

#[test]
fn a_canary_goes_step_by_step() {
    let project = rollout(
        "
        replicas: 4
        minReady: 10s
        progressDeadline: 5m
        canary:
          maxSurge: 1
          maxUnavailable: 0
          steps: [10%, pause 2m, {weight: 50%}, {pause: {duration: 1h30m}}, pause, {weight: 100}]
        ",
        "",
    );
    assert_eq!(project.render("").names(), ["Namespace/shop", "Rollout/web"]);
    project.render("").has(
        "Rollout/web",
        "
        apiVersion: argoproj.io/v1alpha1
        spec:
          replicas: 4
          minReadySeconds: 10
          progressDeadlineSeconds: 300
          selector: {matchLabels: {app.kubernetes.io/name: web}}
          strategy:
            canary:
              maxSurge: 1
              maxUnavailable: 0
              steps:
              - setWeight: 10
              - pause: {duration: 2m}
              - setWeight: 50
              - pause: {duration: 1h30m}
              - pause: {}
              - setWeight: 100
          template:
            metadata: {labels: {app.kubernetes.io/name: web}}
            spec: {containers: [{name: web, image: 'nginx:1', ports: [{name: http, containerPort: 8080, protocol: TCP}]}]}
        ",
    );
}

/// Both select the same pods: the controller tells them apart.
#[test]
fn traffic_routing_has_two_services() {
    let project = rollout("canary: {trafficRouting: {nginx: main}}", "");
    for name in ["web", "web-canary"] {
        project.render("").has(
            &format!("Service/{name}"),
            "
            spec:
              selector: {app.kubernetes.io/instance: shop, app.kubernetes.io/name: web}
              ports: [{name: http, port: 8080, targetPort: http, protocol: TCP}]
            ",
        );
    }
    project.render("").has(
        "Rollout/web",
        "
        spec:
          strategy:
            canary:
              stableService: web
              canaryService: web-canary
              trafficRouting: {nginx: {stableIngress: main}}
        ",
    );
}

/// The new version's Service is like the one that is written, without what
/// only one Service can have.
#[test]
fn a_derived_service_is_like_the_written_one() {
    let project = rollout(
        "
        services: {front: {type: NodePort, ports: {alt: {port: 80, target: http, nodePort: 30080}}}}
        canary: {trafficRouting: {gateway: shop}}
        env: {OTHER: {address: front-canary/alt}}
        ",
        "",
    );
    project.render("").has(
        "Service/front-canary",
        "spec: {type: ClusterIP, ports: [{name: alt, port: 80, targetPort: http, protocol: TCP}]}",
    );
    project.render("").has(
        "Rollout/web",
        "
        spec:
          strategy:
            canary:
              trafficRouting:
                plugins: {argoproj-labs/gatewayAPI: {httpRoute: shop, namespace: shop}}
        ",
    );
}

#[test]
fn of_several_services_one_is_said_to_be_stable() {
    let services = "services: {a: {}, b: {}}\n";
    rollout(&format!("{services}canary: {{trafficRouting: {{nginx: main}}}}"), "").render("").says(
        "
        error: several Services: which one leads to the version in use?
         --> k8sgen.yaml:8:30
          |
        8 |     canary: {trafficRouting: {nginx: main}}
          |                              ^
          |
          = help: say it with `stableService: NAME`
        ",
    );
    let said = "canary: {stableService: a, canaryService: b, trafficRouting: {istio: shop}}";
    rollout(&format!("{services}{said}"), "")
        .render("")
        .has("Rollout/web", "spec: {strategy: {canary: {stableService: a, canaryService: b}}}");
    // Of two, one of which leads to each pod, it is the other.
    rollout("services: {a: {}, b: {headless: true}}\ncanary: {trafficRouting: {nginx: main}}", "")
        .render("")
        .has(
            "Rollout/web",
            "spec: {strategy: {canary: {stableService: a, canaryService: a-canary}}}",
        );
    rollout(&format!("{services}canary: {{stableService: c}}"), "")
        .render("")
        .mentions(&["this workload has no Service `c`", "k8sgen.yaml:8"]);
    rollout(&format!("{services}canary: {{stableService: a, canaryService: a}}"), "")
        .render("")
        .mentions(&["two versions need two Services"]);
}

#[test]
fn blue_and_green() {
    let project =
        rollout("blueGreen: {autoPromotion: false, previewReplicas: 1, scaleDownDelay: 10m}", "");
    let names = ["Namespace/shop", "Service/web", "Service/web-preview", "Rollout/web"];
    assert_eq!(project.render("").names(), names);
    project.render("").has(
        "Rollout/web",
        "
        spec:
          strategy:
            blueGreen:
              activeService: web
              previewService: web-preview
              autoPromotionEnabled: false
              previewReplicaCount: 1
              scaleDownDelaySeconds: 600
        ",
    );
    rollout("blueGreen: {autoPromotion: false, autoPromotionAfter: 10m}", "")
        .render("")
        .mentions(&["never takes over by itself", "k8sgen.yaml:7:59"]);
}

/// An environment may go another way than the system says.
#[test]
fn an_overlay_chooses_another_way() {
    rollout("canary: {steps: [10%, pause]}", "")
        .file(
            "overlays/dev.yaml",
            "tier: development\nworkloads: {web: {blueGreen: {autoPromotion: true}}}\n",
        )
        .render("")
        .has(
            "Rollout/web",
            "spec: {strategy: {canary: null, blueGreen: {autoPromotionEnabled: true}}}",
        );
    // The list alone says the same.
    rollout("canary: [10%, pause]", "")
        .file("overlays/dev.yaml", "workloads: {web: {canary: {maxSurge: 2}}}\n")
        .render("")
        .has(
            "Rollout/web",
            "spec: {strategy: {canary: {maxSurge: 2, steps: [{setWeight: 10}, {pause: {}}]}}}",
        );
    // Steps are one whole: another layer replaces all of them.
    rollout("canary: {maxSurge: 1, steps: [10%, pause]}", "")
        .file("overlays/dev.yaml", "workloads: {web: {canary: {steps: [100%]}}}\n")
        .render("")
        .has("Rollout/web", "spec: {strategy: {canary: {maxSurge: 1, steps: [{setWeight: 100}]}}}");
}

#[test]
fn everything_of_a_deployment_belongs_to_it_too() {
    let project = rollout(
        "
        canary: {}
        resources: {requests: {cpu: 100m}}
        scale: {max: 5, cpu: 80%}
        disruption: {maxUnavailable: 1}
        mounts: {/data: {claim: data, size: 1Gi}}
        ",
        "",
    );
    project.render("").has(
        "HorizontalPodAutoscaler/web",
        "spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web}}",
    );
    project
        .render("")
        .has("PersistentVolumeClaim/web-data", "spec: {accessModes: [ReadWriteOnce]}");
    project.render("").has("PodDisruptionBudget/web", "spec: {maxUnavailable: 1}");
    project.render("").has("Rollout/web", "spec: {replicas: null}");
}

#[test]
fn an_analysis_is_asked() {
    let project = rollout(
        "
        canary:
          steps:
          - 10%
          - {analysis: {templates: success-rate, args: {service: web-canary}}}
          analysis: {templates: [success-rate], startingStep: 1, args: {service: {podTemplateHash: Latest}}}
        ",
        SUCCESS_RATE,
    );
    project.render("").has(
        "AnalysisTemplate/success-rate",
        r#"
        apiVersion: argoproj.io/v1alpha1
        metadata: {namespace: shop}
        spec:
          args: [{name: service}, {name: limit, value: "0.95"}]
          metrics:
          - name: ok
            interval: 1m
            count: 5
            failureLimit: 1
            successCondition: result[0] >= {{args.limit}}
            provider:
              prometheus:
                address: http://prometheus:9090
                query: sum(rate(requests_total{service="{{args.service}}",status!~"5.*"}[2m]))
        "#,
    );
    project.render("").has(
        "Rollout/web",
        "
        spec:
          strategy:
            canary:
              steps:
              - setWeight: 10
              - analysis:
                  templates: [{templateName: success-rate}]
                  args: [{name: service, value: web-canary}]
              analysis:
                startingStep: 1
                templates: [{templateName: success-rate}]
                args: [{name: service, valueFrom: {podTemplateHashValue: Latest}}]
        ",
    );
}

#[test]
fn what_an_analysis_is_told_must_fit() {
    let step = |analysis: &str| {
        rollout(&format!("canary: {{steps: [{{analysis: {analysis}}}]}}"), SUCCESS_RATE).render("")
    };
    step("success-rates")
        .mentions(&["no `success-rates` under `analysis`", "did you mean `success-rate`?"]);
    step("success-rate").mentions(&["must be told its `service`"]);
    step("{templates: success-rate, args: {service: a, limt: b}}")
        .mentions(&["no argument `limt`", "did you mean `limit`?"]);
    step("{templates: [success-rate, success-rate], args: {service: a}}")
        .mentions(&["stands here twice"]);
    step("{templates: success-rate, args: {service: {field: spec.nodeName}}}")
        .mentions(&["only fields of the Rollout's `metadata`"]);
}

#[test]
fn measures_that_argo_would_refuse() {
    let measure = |metric: &str| {
        shop(&format!("analysis: {{a: {{args: {{x: b}}, metrics: {{m: {metric}}}}}}}")).render("")
    };
    let source = "provider: {web: {url: 'http://{{args.x}}'}}";
    measure(&format!("{{{source}}}")).succeeds();
    measure(&format!("{{{source}, count: 3}}")).mentions(&["need an `interval`"]);
    measure(&format!("{{{source}, count: 3, interval: 1m, failureLimit: 4}}"))
        .mentions(&["`failureLimit` is above `count`"]);
    measure("{}").mentions(&["needs a source"]);
    measure("{provider: {web: {url: a}, job: {}}}").mentions(&["one source"]);
    measure("{provider: {web: {url: '{{args.y}}'}}}").mentions(&["no `y` under `args`"]);
    measure("{provider: {web: {url: '{{x}}'}}}").mentions(&["only `{{args.NAME}}`"]);
    measure("{provider: {web: {url: '{{args.x'}}}").mentions(&["never closed"]);
    measure("{prometheus: {address: 'prometheus:9090', query: up}}")
        .mentions(&["begins with `http://`"]);
    measure("{prometheus: {address: 'http://a', query: '{{args.x}}'}}")
        .mentions(&["whatever Prometheus answers would be a success"]);
    measure("{provider: {web: {url: a}}}").mentions(&["no measure uses `{{args.x}}`"]);
}

/// What waits for an analysis would wait for ever.
#[test]
fn a_step_needs_an_end() {
    let endless = SUCCESS_RATE.replace("            count: 5\n", "");
    let endless = endless.as_str();
    rollout("canary: {analysis: {templates: success-rate, args: {service: a}}}", endless)
        .render("")
        .succeeds();
    rollout(
        "blueGreen: {prePromotionAnalysis: {templates: success-rate, args: {service: a}}}",
        endless,
    )
    .render("")
    .mentions(&["the measure `ok` of `success-rate` never ends", "it needs a `count`"]);
}

#[test]
fn an_analysis_lives_where_its_rollouts_do() {
    let own = "namespace: jobs\ncanary: {steps: [{analysis: {templates: fit}}]}";
    let analysis = |more: &str| {
        format!(
            "namespaces: {{jobs: {{}}}}\nanalysis: {{fit: {{{more}metrics: {{m: {{provider: {{web: {{url: a}}}}}}}}}}}}\n"
        )
    };
    rollout(own, &analysis(""))
        .render("")
        .mentions(&["`fit` lives in the namespace `shop`, and this Rollout in `jobs`"]);
    rollout(own, &analysis("namespace: jobs, "))
        .render("")
        .has("AnalysisTemplate/fit", "metadata: {namespace: jobs}");
}

#[test]
fn an_argument_may_come_from_a_secret() {
    let with = |secret: &str| {
        shop(&format!(
            "secrets: {{metrics: {{from: existing, keys: [token]}}}}\nanalysis: {{a: {{args: {{token: {{secret: {secret}}}}}, metrics: {{m: {{provider: {{web: {{url: a, headers: [{{key: A, value: '{{{{args.token}}}}'}}]}}}}}}}}}}}}"
        ))
        .render("")
    };
    with("metrics/token").has(
        "AnalysisTemplate/a",
        "spec: {args: [{name: token, valueFrom: {secretKeyRef: {name: metrics, key: token}}}]}",
    );
    with("metrics/tokn").mentions(&["`metrics` has no key `tokn`", "did you mean `token`?"]);
    with("metric/token").mentions(&["no `metric` under `secrets`"]);
}

#[test]
fn weights() {
    let with = |text: &str| rollout(&format!("canary: {{{text}}}"), "").render("");
    with("steps: [101%]").mentions(&["this is not a step", "is above 100%"]);
    with("steps: [{weight: 101}]").mentions(&["a share is at most 100"]);
    with("steps: [10]").mentions(&["expected `10%`, `pause 2m` or `pause`"]);
    with("steps: [pause 1500ms]").mentions(&["whole seconds"]);
    with("steps: [{weight: 10, pause: 2m}]").mentions(&["exclude each other"]);
    with("steps: [{setWeight: 10}]").mentions(&["did you mean `weight`?"]);
    // Of 1000 parts, ten of a hundred are a hundred.
    with("steps: [10%, {weight: 999}], trafficRouting: {nginx: main, maxTrafficWeight: 1000}").has(
        "Rollout/web",
        "spec: {strategy: {canary: {steps: [{setWeight: 100}, {setWeight: 999}]}}}",
    );
    with("trafficRouting: {istio: a, maxTrafficWeight: 1000}").mentions(&["counts in hundredths"]);
}

#[test]
fn what_makes_no_rollout() {
    for (own, parts) in [
        ("replicas: 2", &["a Rollout needs `canary` or `blueGreen`"][..]),
        ("canary: {}\nblueGreen: {}", &["exclude each other"]),
        (
            "canary: {}\nstrategy: Recreate",
            &["a Rollout has no `strategy`", "it has `canary` or `blueGreen`"],
        ),
        ("canary: {maxSurge: 0, maxUnavailable: 0%}", &["no pod can be replaced"]),
        ("canary: {scaleDownDelay: 30s}", &["`scaleDownDelay` belongs to `trafficRouting`"]),
        ("canary: {steps: [{canaryScale: {replicas: 1}}]}", &["without `trafficRouting`"]),
        ("canary: {trafficRouting: {}}", &["somebody who divides the traffic"]),
        ("canary: {trafficRouting: {alb: {ingress: a, servicePort: 81}}}", &["has no port 81"]),
        ("canary: {}\nminReady: 10m", &["must be longer than this"]),
        ("canary: {}\njob: {}", &["a Rollout has no `job`"]),
    ] {
        rollout(own, "").render("").mentions(parts);
    }
    crate::support::web("canary: {}").render("").mentions(&["it belongs to `kind: Rollout`"]);
}

/// Weights that nothing obeys are an error: the Ingress or route must lead to the
/// Services of the Rollout.
#[test]
fn who_divides_the_traffic_leads_to_it() {
    let canary = |routing: &str, more: &str| {
        shop(&format!(
            "
            {more}
            workloads:
              web:
                kind: Rollout
                image: web:1
                ports: {{http: 8080}}
                services: {{web: {{ports: {{http: 80}}}}}}
                canary: {{steps: [10%], trafficRouting: {routing}}}
              other: {{image: 'o:1', ports: {{http: 80}}, services: {{other: {{}}}}}}
            "
        ))
        .render("")
    };
    let ingress = "ingresses: {main: {class: nginx, hosts: {a.example.com: {/: web/http}}}}";
    canary("{nginx: main}", ingress).succeeds();
    canary("{nginx: mian}", ingress)
        .mentions(&["no `mian` under `ingresses`", "did you mean `main`?"]);
    canary(
        "{nginx: main}",
        "ingresses: {main: {class: nginx, hosts: {a.example.com: {/: other/http}}}}",
    )
    .mentions(&["the Ingress `main` leads not to `web`"]);
    canary("{gateway: r}", "routes: {r: {parents: {g: {}}, rules: {all: {to: web/http}}}}")
        .mentions(&["the route leads not to `web-canary`", "web-canary/http: 0"]);
    canary(
        "{gateway: r}",
        "routes: {r: {parents: {g: {}}, rules: {all: {to: {web/http: 100, web-canary/http: 0}}}}}",
    )
    .succeeds();
    let alb = "ingresses: {main: {class: alb, alb: {targetType: ip}, hosts: {a.example.com: {/: web/http}}}}";
    canary("{alb: {ingress: main, servicePort: 80}}", alb).has(
        "Ingress/main",
        "spec: {rules: [{http: {paths: [{backend: {service: {name: web, port: {name: use-annotation}}}}]}}]}",
    );
}
