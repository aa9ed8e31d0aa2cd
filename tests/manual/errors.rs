//! Errors: each has a place, says what was expected, and all of them come at
//! once. Nothing is printed to standard output, and the status is 2.

use std::time::{Duration, Instant};

use crate::support::{Scratch, shop, web};

/// A project whose `k8sgen.yaml` holds these bytes.
fn file(bytes: impl AsRef<[u8]>) -> Scratch {
    Scratch::new().file("k8sgen.yaml", bytes).file("overlays/dev.yaml", "tier: development\n")
}

#[test]
fn an_unknown_key_comes_with_the_nearest_right_one() {
    let project = web("").file(
        "overlays/prod.yaml",
        "tier: production\n\nworkloads:\n  web:\n    # more of them\n    replica: 3\n",
    );
    project.render("--env prod").says(
        "
        error: unknown key `replica` in workload `web`
         --> overlays/prod.yaml:6:5
          |
        6 |     replica: 3
          |     ^^^^^^^ did you mean `replicas`?
        ",
    );
}

#[test]
fn kubernetes_own_words_lead_to_ours() {
    web("serviceAccountName: web").render("").mentions(&["did you mean `serviceAccount`?"]);
    web("terminationGracePeriodSeconds: 60")
        .render("")
        .mentions(&["`terminationGracePeriod: 60s`"]);
    web("livenessProbe: {}").render("").mentions(&["unknown key `livenessProbe`", "probes"]);
    web("mounts: {/a: {configMap: x}}").render("").mentions(&["did you mean `config`?"]);
}

#[test]
fn a_wrong_type_says_what_was_expected() {
    shop("workloads:\n  web: nginx\n").render("").mentions(&["k8sgen.yaml:3:8", "^^^^^"]);
    shop("workloads: [web]\n").render("").mentions(&["found a list", "k8sgen.yaml:2:12"]);
    web("replicas: many").render("").mentions(&["k8sgen.yaml:5:15", "whole number"]);
    web("replicas: 1.5").render("").mentions(&["k8sgen.yaml:5:15", "whole number"]);
    web("replicas: -1").render("").mentions(&["k8sgen.yaml:5:15"]);
    web("args: one").render("").mentions(&["k8sgen.yaml:5:11", "a list"]);
    web("automountToken: \"yes\"").render("").mentions(&["k8sgen.yaml:5:21", "`true` or `false`"]);
    web("env: {A: [1]}").render("").mentions(&["k8sgen.yaml:5:14"]);
}

#[test]
fn a_choice_lists_what_there_is() {
    web("kind: Deploymnet")
        .render("")
        .mentions(&["k8sgen.yaml:5:11", "did you mean `Deployment`?"]);
    web("kind: Pod").render("").mentions(&["`Deployment`", "`CronJob`"]);
    file("system: shop\ntier: live\n")
        .file("overlays/dev.yaml", "")
        .render("")
        .mentions(&["k8sgen.yaml:2:7", "`production`"]);
}

#[test]
fn a_type_error_points_at_the_layer_that_wrote_the_value() {
    let project = web("replicas: 1\nresources: {limits: {memory: 1Gi}}")
        .file("overlays/prod.yaml", "workloads:\n  web:\n    resources: {limits: {memory: 2GB}}\n")
        .file("overlays/eu.yaml", "extends: prod\nworkloads: {web: {replicas: 2}}\n");
    project.render("--env eu").mentions(&["--> overlays/prod.yaml:3:34", "2GB"]);
    project.render("--env dev").succeeds();
}

#[test]
fn all_errors_come_at_once_by_file_and_line() {
    let project = web("replica: 1\nports: {http: 99999}\nenv: {A: {config: none/KEY}}")
        .file("overlays/dev.yaml", "tier: dev\nworkloads:\n  web: {kind: Pod}\n");
    let run = project.render("").fails();
    let places: Vec<&str> =
        run.stderr.lines().filter_map(|line| line.trim().strip_prefix("--> ")).collect();
    assert_eq!(places[..2], ["k8sgen.yaml:5:5", "k8sgen.yaml:6:19"], "{}", run.stderr);
    assert_eq!(places[places.len() - 2..], ["overlays/dev.yaml:1:7", "overlays/dev.yaml:3:15"]);
    assert!(run.stderr.ends_with(&format!("{} errors\n", places.len())), "{}", run.stderr);
}

#[test]
fn faults_of_several_files_come_together() {
    let project = file("system: shop\nworkloads: {\n").file("overlays/dev.yaml", "tier: [\n");
    project.render("").mentions(&["k8sgen.yaml", "overlays/dev.yaml", "2 errors"]);
}

#[test]
fn the_same_mistake_is_told_once() {
    let project = shop(
        "
        x-probe: &probe {tcp: http, perod: 5s}
        workloads:
          a: {image: a:1, ports: {http: 80}, probes: {liveness: *probe, readiness: *probe}}
        ",
    );
    let run = project.render("").fails();
    assert_eq!(run.stderr.matches("perod").count(), 2, "{}", run.stderr);
}

#[test]
fn tabs() {
    file("system: shop\nworkloads:\n\tweb: {image: nginx:1}\n").render("").says(
        "
        error: a tab indents this line
         --> k8sgen.yaml:3:1
          |
        3 |     web: {image: nginx:1}
          | ^^^^ YAML indents with spaces only
        ",
    );
}

#[test]
fn a_byte_order_mark_and_crlf_are_no_fault() {
    let plain = file("system: shop\nlabels: {a: b}\nworkloads:\n  web:\n    image: nginx:1\n");
    let text = plain.read("k8sgen.yaml");
    let windows = file(format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!(plain.render("").succeeds().stdout, windows.render("").succeeds().stdout);
}

#[test]
fn places_are_right_behind_a_byte_order_mark_and_with_crlf() {
    file("\u{feff}sytem: shop\r\n")
        .render("")
        .mentions(&["k8sgen.yaml:1:1", "did you mean `system`?"]);
    file("system: shop\r\nworkloads:\r\n  web: {imag: x}\r\n")
        .render("")
        .mentions(&["k8sgen.yaml:3:9", "^^^^ did you mean `image`?"]);
}

#[test]
fn places_count_characters() {
    file("system: shop\nannotations: {é: ü, 日本: x}\n").render("").mentions(&["k8sgen.yaml:2:15"]);
}

#[test]
fn what_is_not_utf_8() {
    file(b"system: shop\nlabels: {a: \xff}\n").render("").says(
        "
        error: this file is not UTF-8
         --> k8sgen.yaml:2:13
          |
        2 | labels: {a: \u{fffd}}
          |             ^ the first byte that is not
          |
          = help: save it as UTF-8
        ",
    );
    // UTF-16 as some editors save it.
    let utf_16: Vec<u8> =
        "\u{feff}system: shop\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    file(utf_16).render("").mentions(&["not UTF-8", "k8sgen.yaml:1:1"]);
}

#[test]
fn empty_files() {
    for empty in ["", "\n", "# nothing\n", "---\n", "\u{feff}"] {
        let run = file(empty).render("").fails();
        assert!(run.stderr.contains("`system`"), "{}", run.stderr);
        web("").file("overlays/dev.yaml", empty).render("").succeeds();
    }
}

#[test]
fn several_documents() {
    file("system: shop\n---\nsystem: shop\n")
        .render("")
        .mentions(&["a second document in one file", "k8sgen.yaml:2:1"]);
    // One document may have its marks.
    file("---\nsystem: shop\n...\n").render("").succeeds();
}

#[test]
fn duplicate_keys() {
    file("system: shop\nlabels: {}\nsystem: other\n").render("").says(
        "
        error: the key `system` is written twice
         --> k8sgen.yaml:3:1
          |
        3 | system: other
          | ^^^^^^ second time
          |
         ::: k8sgen.yaml:1:1
          |
        1 | system: shop
          | ------ first time
        ",
    );
    web("env: {A: 1, B: 2, A: 3}").render("").mentions(&["`A` is written twice", "5:23"]);
}

#[test]
fn a_layer_is_a_map() {
    file("- system\n").render("").mentions(&["expected a map", "a list", "k8sgen.yaml:1:1"]);
    web("")
        .file("overlays/dev.yaml", "production\n")
        .render("")
        .mentions(&["expected a map", "overlays/dev.yaml:1:1"]);
}

#[test]
fn broken_yaml_has_a_place() {
    file("system: shop\nlabels: {a: b\n").render("").mentions(&["not valid YAML", "k8sgen.yaml:"]);
    file("system: shop: web\n").render("").mentions(&["k8sgen.yaml:1:", "needs quotes"]);
    file("system: @shop\n").render("").mentions(&["k8sgen.yaml:1:9", "needs quotes"]);
    file("system: *shop\n").render("").mentions(&["k8sgen.yaml:1:9", "anchor"]);
    file("system: !vault x\n").render("").mentions(&["tag", "k8sgen.yaml:1:9"]);
}

/// Ten aliases of ten aliases, twelve levels deep.
fn bomb() -> String {
    let mut text = "system: shop\nx-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("x-{level}: &a{level} [{aliases}]\n"));
    }
    text
}

#[test]
fn alias_bombs() {
    let start = Instant::now();
    file(bomb()).render("").mentions(&["expand to too many nodes", "k8sgen.yaml:"]);
    let map = bomb().replace('[', "{<<: [").replace(']', "]}").replace("x, x", "x");
    file(map).render("").fails();
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let deep =
            format!("x-a:\n  {}x{}\nsystem: shop\n", open.repeat(20_000), close.repeat(20_000));
        file(deep).render("").mentions(&["too deep", "k8sgen.yaml:2"]);
    }
}

#[test]
fn a_deep_path_on_the_command_line() {
    for path in ["a".to_owned(), "workloads.web".to_owned(), "objects.a.spec".to_owned()] {
        let set = format!("{path}{}=1", ".a".repeat(40_000));
        web("").run(&["render", "--env", "dev", "--set", &set]).mentions(&["too deep", "--set:1"]);
    }
}

#[test]
fn merge_keys_take_maps() {
    web("<<: {replicas: 2}").render("").has("Deployment/web", "spec: {replicas: 2}");
    web("<<: [{replicas: 2}, {replicas: 3, minReady: 5s}]")
        .render("")
        .has("Deployment/web", "spec: {replicas: 2, minReadySeconds: 5}");
    web("<<: text").render("").mentions(&["`<<`", "k8sgen.yaml:5"]);
    web("<<: [1, {replicas: 2}]").render("").mentions(&["k8sgen.yaml:5:10"]);
}

#[test]
fn files_of_many_megabytes() {
    let start = Instant::now();
    let mut text = "system: shop\nconfig:\n  big:\n    data:\n".to_owned();
    for number in 0..40_000 {
        text.push_str(&format!("      KEY_{number}: {}\n", "x".repeat(90)));
    }
    file(&text).render("").mentions(&["the ConfigMap `big` holds", "1 MiB"]);
    text.push_str("      : broken: [\n");
    file(&text).render("").mentions(&["k8sgen.yaml:4000"]);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn many_errors_are_counted() {
    let lines: String = (0..500).map(|number| format!("key{number}: x\n")).collect();
    file(format!("system: shop\n{lines}")).render("").mentions(&["… and 300 more", "500 errors"]);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let run = file("system: \"a\\e[31m\"\n").render("").fails();
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
    let run = file("system: shop\n\"\\e[31mred\": x\n").render("").fails();
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}

#[test]
fn scalars_fail_at_their_place_with_kubernetes_reason() {
    let cases = [
        ("resources: {limits: {memory: 2GB}}", "5:34", "GB"),
        ("resources: {requests: {cpu: 1 core}}", "5:33", "core"),
        ("ports: {http: 70000}", "5:19", "65535"),
        ("ports: {HTTP: 80}", "5:13", "use `http`"),
        ("terminationGracePeriod: 60", "5:29", "60s"),
        ("terminationGracePeriod: 1 minute", "5:29", ""),
        ("scale: {max: 3, cpu: 80 %}", "5:26", ""),
        ("kind: CronJob\n    schedule: 0 2 * *", "6:15", ""),
        ("kind: CronJob\n    schedule: 61 * * * *", "6:15", "59"),
        ("podLabels: {app: -web}", "5:22", ""),
        ("podLabels: {a/b/c: web}", "5:17", ""),
        ("mounts: {/a: {config: c, mode: 888}}", "5:36", ""),
        ("env: {1A: x}", "5:11", "digit"),
        ("nodeSelector: {zone: a b}", "5:26", ""),
        ("services: {Web: {}}", "5:16", "use `web`"),
        (
            "services: {web: {ports: {http: 80}, loadBalancerSourceRanges: [10.0.0.0/33]}}",
            "5:68",
            "",
        ),
    ];
    for (text, place, reason) in cases {
        // `web` indents by four; the rest of these texts is written for that.
        let project = shop(&format!("workloads:\n  web:\n    image: nginx:1\n    {text}\n"));
        let run = project.render("").fails();
        let place = format!("k8sgen.yaml:{place}");
        assert!(run.stderr.contains(&place), "{text}: {place}\n{}", run.stderr);
        assert!(run.stderr.contains(reason), "{text}: {reason}\n{}", run.stderr);
    }
}

#[test]
fn images_fail_at_their_place() {
    shop("workloads:\n  web:\n    image: Nginx:1\n").render("").mentions(&["k8sgen.yaml:4:12"]);
    shop("workloads:\n  web:\n    image: ngnix\nimages: {nginx: nginx:1}\n")
        .render("")
        .mentions(&["no image `ngnix`", "k8sgen.yaml:4:12", "did you mean `nginx`?"]);
    shop("images:\n  nginx: {name: nginx, digest: sha256:abc}\nworkloads: {web: {image: nginx}}\n")
        .render("")
        .mentions(&["k8sgen.yaml:3:32"]);
}

#[test]
fn what_is_needed_and_missing() {
    file("labels: {}\n").render("").mentions(&["`system`"]);
    shop("workloads:\n  web: {replicas: 1}\n").render("").mentions(&["`image`", "k8sgen.yaml:3"]);
    web("scale: {cpu: 80%}").render("").mentions(&["`max`", "k8sgen.yaml:5"]);
}
