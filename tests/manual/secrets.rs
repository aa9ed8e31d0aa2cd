//! Secrets: plain values in a development tier, and those made elsewhere.

use crate::support::shop;

const KEYS: &str = "
secrets: {keys: {keys: [API], optionalKeys: [EXTRA]}}
workloads: {web: {image: 'nginx:1', env: {API: {secret: keys/API}}}}
";

#[test]
fn literals_in_a_development_tier() {
    shop(KEYS)
        .file(
            "overlays/dev.yaml",
            "tier: development\nsecrets: {keys: {from: {literals: {API: hunter2}}}}",
        )
        .render("")
        .has("Secret/keys", "type: Opaque\ndata: {API: aHVudGVyMg==}");
}

#[test]
fn literals_nowhere_else() {
    for tier in ["tier: production\n", "tier: staging\n", ""] {
        let project = shop(KEYS).file(
            "overlays/dev.yaml",
            format!("{tier}secrets:\n  keys: {{from: {{literals: {{API: hunter2}}}}}}\n"),
        );
        let run = project.render("").fails();
        assert!(run.stderr.contains("plain text"), "{}", run.stderr);
        assert!(run.stderr.contains("from: existing"), "{}", run.stderr);
    }
}

#[test]
fn made_elsewhere() {
    let project = shop(KEYS).file("overlays/prod.yaml", "secrets: {keys: {from: existing}}");
    assert_eq!(project.render("--env prod").names(), ["Namespace/shop", "Deployment/web"]);
}

#[test]
fn an_environment_says_where_they_come_from() {
    shop(KEYS).render("").mentions(&["`keys`", "k8sgen.yaml:2:11", "from: existing"]);
}

#[test]
fn all_keys_have_values_and_no_others() {
    let with = |values: &str| {
        let overlay =
            format!("tier: development\nsecrets: {{keys: {{from: {{literals: {{{values}}}}}}}}}");
        shop(KEYS).file("overlays/dev.yaml", overlay).render("")
    };
    with("API: a, EXTRA: b").succeeds();
    with("EXTRA: b").mentions(&["no value for `API`"]);
    with("API: a, EXTAR: b").mentions(&["`EXTAR`", "`EXTRA`"]);
}

#[test]
fn types_and_settings() {
    shop(
        "
        secrets:
          tls:
            type: kubernetes.io/tls
            immutable: true
            labels: {a: b}
            annotations: {c: d}
            from: {literals: {tls.crt: x, tls.key: y}}
        ",
    )
    .render("")
    .has(
        "Secret/tls",
        "type: kubernetes.io/tls\nimmutable: true\nmetadata: {labels: {a: b}, annotations: {c: d}}",
    );
}

/// A value that shows up in a message would be in the logs of a pipeline.
#[track_caller]
fn is_hidden(text: &str) {
    let project = shop(KEYS).file("overlays/dev.yaml", format!("tier: development\n{text}"));
    for command in [&["render", "--env", "dev"][..], &["explain", "--env", "dev"]] {
        for more in [&[][..], &["--set", "tier=production"]] {
            let run = project.run(&[command, more].concat());
            // The Secret itself has it in base64.
            let all = run.stdout + &run.stderr;
            assert!(!all.contains("hunter2"), "{command:?}\n{all}");
        }
    }
}

#[test]
fn no_message_shows_a_value() {
    is_hidden("secrets: {keys: {from: {literals: {API: hunter2}}}}");
    is_hidden("secrets:\n  keys:\n    from:\n      literals:\n        API: [hunter2]\n");
    is_hidden("secrets:\n  keys:\n    from:\n      literals:\n        API: hunter2\n");
    is_hidden("secrets: {keys: {from: {literals: {API: hunter2, API: hunter2}}}}");
    is_hidden("secrets: {keys: {from: {literals: {APY: hunter2}}}}");
    is_hidden("secrets: {keys: {from: {literals: {API: {value: hunter2}}}}}");
}

#[test]
fn no_message_shows_a_value_under_a_wrong_key() {
    is_hidden("secrets: {keys: {from: {literal: {API: hunter2}}}}");
    is_hidden("secrets: {keys: {literals: {API: hunter2}}}");
    is_hidden("secrets: {keys: {data: {API: hunter2}}}");
    is_hidden("secrets: {keys: {stringData: {API: hunter2}}}");
}

#[test]
fn the_command_line_is_no_way_to_see_one() {
    let set = "secrets.keys.from.literals.API=hunter2";
    let run = shop(KEYS).run(&["render", "--env", "prod", "--set", set]).fails();
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}
