//! Where the values of Secrets come from, environment by environment.

use crate::support::{Scratch, shop};

/// A Secret with two keys that a workload reads, and an overlay that says where
/// they come from.
fn from(tier: &str, source: &str) -> Scratch {
    shop(
        "
        secrets: {keys: {keys: [API, WALLET], optionalKeys: [EXTRA], labels: {team: a}}}
        workloads: {web: {image: 'nginx:1', env: {API: {secret: keys/API}, EXTRA: {secret: keys/EXTRA}}}}
        ",
    )
    .file("overlays/dev.yaml", format!("tier: {tier}\nsecrets:\n  keys:\n    from: {source}\n"))
}

/// Sealed text as kubeseal gives it, for a key of 1024 bits: base64 of a length,
/// a session key, and more.
fn sealed(last: char) -> String {
    format!("AIAA{}{last}AAAAA=", "A".repeat(185))
}

#[test]
fn a_store_keeps_each_key_behind_a_prefix() {
    from("production", "{externalSecret: {store: cloud-secrets, refresh: 15m, prefix: shop/}}")
        .render("")
        .has(
            "ExternalSecret/keys",
            "
            apiVersion: external-secrets.io/v1
            metadata: {name: keys, namespace: shop, labels: {team: a}}
            spec:
              refreshInterval: 15m
              secretStoreRef: {kind: ClusterSecretStore, name: cloud-secrets}
              target:
                name: keys
                template: {type: null, metadata: {labels: {team: a, app.kubernetes.io/part-of: shop}}}
              data:
              - {secretKey: API, remoteRef: {key: shop/API}}
              - {secretKey: WALLET, remoteRef: {key: shop/WALLET}}
              dataFrom: null
            ",
        );
}

/// A key that the store does not have fails the whole Secret, so one that may be
/// missing is asked for only by name.
#[test]
fn single_keys_say_where_they_are_and_optional_ones_must() {
    let source = "
      externalSecret:
        store: {name: vault, kind: SecretStore}
        name: shop-keys
        propertiesOf: {key: shop/web, version: v2}
        keys: {WALLET: {key: shared/wallet, property: key, decodingStrategy: Base64}, EXTRA: shop/extra}
        creationPolicy: Orphan
        deletionPolicy: Delete
";
    from("production", source).render("").has(
        "ExternalSecret/shop-keys",
        "
        spec:
          refreshInterval: null
          secretStoreRef: {kind: SecretStore, name: vault}
          target: {name: keys, creationPolicy: Orphan, deletionPolicy: Delete}
          data:
          - {secretKey: API, remoteRef: {key: shop/web, property: API, version: v2}}
          - {secretKey: WALLET, remoteRef: {key: shared/wallet, property: key, decodingStrategy: Base64}}
          - {secretKey: EXTRA, remoteRef: {key: shop/extra}}
        ",
    );
}

#[test]
fn all_properties_of_one_remote_secret() {
    from(
        "production",
        "{externalSecret: {store: vault, extract: {key: shop/web, conversionStrategy: Unicode}}}",
    )
    .render("")
    .has(
        "ExternalSecret/keys",
        "spec: {data: null, dataFrom: [{extract: {key: shop/web, conversionStrategy: Unicode}}]}",
    );
}

#[test]
fn what_the_operator_would_refuse_or_ignore() {
    let with = |settings: &str| {
        from("production", &format!("{{externalSecret: {{store: v, {settings}}}}}")).render("")
    };
    with("refresh: 1h").mentions(&["where `API` of `keys` is kept", "overlays/dev.yaml:4"]);
    with("keys: {API: a, WALLET: b, APY: c}, refresh: 1h").mentions(&["`APY`", "`API`"]);
    with("keys: {API: a, WALLET: b}, prefix: c/").mentions(&["leads to no key"]);
    with("prefix: a/, extract: b").mentions(&["exclude each other"]);
    with("prefix: a/, creationPolicy: Merge, deletionPolicy: Delete").mentions(&["owns"]);
    with("propertiesOf: {key: a, property: b}").mentions(&["a property of its own"]);
    with("keys: {API: {key: a, conversionStrategy: Unicode}, WALLET: b}").mentions(&["`extract`"]);
    with("prefix: ' a/'").mentions(&["blank"]);
    shop("secrets: {all: {from: {externalSecret: {store: v}}}}")
        .render("")
        .mentions(&["no key of `all`", "extract"]);
}

/// The operator takes annotations for templates of its own.
#[test]
fn braces_of_annotations_stay_braces() {
    shop("secrets: {a: {keys: [B], annotations: {note: 'a {{ b }}'}, from: {externalSecret: {store: v, prefix: c/}}}}")
        .render("")
        .has(
            "ExternalSecret/a",
            r#"
            metadata: {annotations: {note: 'a {{ b }}'}}
            spec: {target: {template: {metadata: {annotations: {note: 'a {{ "{{" }} b }}'}}}}}
            "#,
        );
}

#[test]
fn each_namespace_that_reads_it_has_its_own() {
    let objects = shop(
        "
        namespaces: {jobs: {}}
        secrets: {keys: {keys: [API], from: {externalSecret: {store: v, prefix: shop/}}}}
        workloads:
          web: {image: 'w:1', env: {API: {secret: keys/API}}}
          batch: {namespace: jobs, image: 'b:1', env: {API: {secret: keys/API}}}
        ",
    )
    .render("--only ExternalSecret")
    .objects();
    let homes: Vec<&str> =
        objects.iter().filter_map(|o| o["metadata"]["namespace"].as_str()).collect();
    assert_eq!(homes, ["jobs", "shop"]);
}

#[test]
fn sealed_values() {
    let (api, wallet) = (sealed('A'), sealed('B'));
    let source = format!("{{sealed: {{API: {api}, WALLET: {wallet}}}, scope: namespace-wide}}");
    from("production", &source).render("").has(
        "SealedSecret/keys",
        &format!(
            "
            apiVersion: bitnami.com/v1alpha1
            metadata:
              namespace: shop
              annotations: {{sealedsecrets.bitnami.com/namespace-wide: 'true'}}
            spec:
              encryptedData: {{API: {api}, WALLET: {wallet}}}
              template: {{metadata: {{labels: {{team: a}}, annotations: null}}}}
            "
        ),
    );
}

/// Nothing else is known of what they hold, and a value that is sealed again is
/// most often another one.
#[test]
fn new_ciphertext_restarts_pods() {
    let checksum = |last: char| {
        let source = format!("{{sealed: {{API: {}, WALLET: {}}}}}", sealed(last), sealed('A'));
        let pod = from("production", &source).render("").object("Deployment/web");
        pod["spec"]["template"]["metadata"]["annotations"]["checksum/secrets"].clone()
    };
    assert_eq!(checksum('A'), checksum('A'));
    assert_ne!(checksum('A'), checksum('B'));
    assert!(checksum('A').is_string());
}

#[test]
fn what_is_not_sealed_is_not_shown() {
    for plain in ["hunter2", "aHVudGVyMg==", "{a: hunter2}"] {
        let run = from("production", &format!("{{sealed: {{API: {plain}}}}}")).render("").fails();
        assert!(
            !run.stderr.contains("hunter2") && !run.stderr.contains("aHVudGVyMg"),
            "{}",
            run.stderr
        );
    }
    let key = sealed('A');
    from("production", &format!("{{sealed: {{API: {key}}}}}"))
        .render("")
        .mentions(&["no value for `WALLET`"]);
    from("production", &format!("{{sealed: {{API: {key}, WALLET: {key}, APY: {key}}}}}"))
        .render("")
        .mentions(&["`APY`"]);
}

#[test]
fn values_are_sealed_for_one_namespace() {
    let several = |scope: &str| {
        let key = sealed('A');
        shop(&format!(
            "
            namespaces: {{jobs: {{}}}}
            secrets: {{keys: {{from: {{sealed: {{API: {key}}}{scope}}}}}}}
            workloads:
              web: {{image: 'w:1', env: {{API: {{secret: keys/API}}}}}}
              batch: {{namespace: jobs, image: 'b:1', env: {{API: {{secret: keys/API}}}}}}
            "
        ))
        .render("")
    };
    several("").mentions(&["several namespaces: jobs, shop", "cluster-wide"]);
    several(", scope: cluster-wide").succeeds();
}

/// `SHOP_API_KEY` is an environment variable of every run of these tests.
#[test]
fn variables_and_files_are_read_where_the_profile_is_rendered() {
    from("staging", "{env: {API: SHOP_API_KEY}, files: {WALLET: secrets/wallet.bin}}")
        .file("secrets/wallet.bin", b"\xff\x00")
        .render("")
        .has("Secret/keys", "data: {API: ZnJvbS1jaQ==, WALLET: /wA=}");
}

#[test]
fn what_is_missing_has_a_place() {
    let with = |source: &str| from("staging", source).render("");
    with("{env: {API: NOBODY_SETS_THIS, WALLET: SHOP_API_KEY}}").says(
        "
        error: the environment variable `NOBODY_SETS_THIS` is not set
         --> overlays/dev.yaml:4:23
          |
        4 |     from: {env: {API: NOBODY_SETS_THIS, WALLET: SHOP_API_KEY}}
          |                       ^^^^^^^^^^^^^^^^ the value of `API` comes from it
        ",
    );
    with("{env: {API: SHOP_API_KEY}, files: {WALLET: nope}}")
        .mentions(&["`nope`: there is no such file"]);
    with("{env: {API: SHOP_API_KEY}, files: {WALLET: ../x}}").mentions(&["`..`"]);
    with("{env: {API: SHOP_API_KEY}, files: {WALLET: k8sgen.yaml}}")
        .mentions(&["file of the profile"]);
    with("{env: {API: SHOP_API_KEY}}").mentions(&["no value for `WALLET`"]);
    with("{env: {API: SHOP_API_KEY, WALLET: SHOP_API_KEY}, files: {API: k}}")
        .mentions(&["under `env` and under `files`"]);
}

#[test]
fn what_was_read_is_in_no_message_and_no_explanation() {
    let project = from("development", "{env: {API: SHOP_API_KEY}, files: {WALLET: secrets/w}}")
        .file("secrets/w", "from-file");
    let wrong = project.render("--set secrets.keys.type=tls");
    for run in [wrong.fails(), project.run(&["explain", "--env", "dev"])] {
        let all = run.stdout + &run.stderr;
        assert!(!all.contains("from-ci") && !all.contains("from-file"), "{all}");
        assert!(all.contains("SHOP_API_KEY") || all.contains("tls.crt"), "{all}");
    }
}

#[test]
fn nothing_in_plain_text_in_a_production_tier() {
    for source in [
        "{env: {API: NOBODY_SETS_THIS, WALLET: SHOP_API_KEY}}",
        "{files: {API: a, WALLET: b}}",
        "{literals: {API: a, WALLET: b}}",
        "{literals: {API: a, WALLET: b}, waiver: they are made up}",
    ] {
        let run = from("production", source).render("").fails();
        for part in ["in plain text", "not in a production tier", "externalSecret", "sealed"] {
            assert!(run.stderr.contains(part), "{}", run.stderr);
        }
        // Nothing is read that may not be put out.
        assert_eq!(run.stderr.matches("error:").count(), 1, "{}", run.stderr);
    }
}

#[test]
fn literals_in_a_staging_tier_need_a_waiver() {
    from("staging", "{literals: {API: a, WALLET: b}}").render("").mentions(&["`waiver: …`"]);
    let waived = "{literals: {API: a, WALLET: b}, waiver: keys of the load test}";
    from("staging", waived).render("").has(
        "Secret/keys",
        "
        metadata: {annotations: {k8sgen/waiver: keys of the load test}}
        data: {API: YQ==, WALLET: Yg==}
        ",
    );
    from("staging", "{literals: {API: a, WALLET: b}, waiver: ' '}")
        .render("")
        .mentions(&["says why"]);
    from("development", waived).render("").mentions(&["needs no `waiver`"]);
    from("staging", "{env: {API: A}, waiver: x}").render("").mentions(&["belongs to `literals`"]);
    from("staging", "{existing: true, scope: strict}")
        .render("")
        .mentions(&["belongs to `sealed`"]);
}

#[test]
fn manifests_and_patches_need_the_waiver_of_a_secret() {
    let patch = "patches: {a: {target: Secret/keys, merge: {stringData: {API: hunter2}}}}\n";
    let with = |source: &str| {
        let project = from("staging", source);
        let overlay = project.read("overlays/dev.yaml") + patch;
        project.file("overlays/dev.yaml", overlay).render("")
    };
    with("{literals: {API: a, WALLET: b}, waiver: made up}").succeeds();
    let run = with("{env: {API: SHOP_API_KEY, WALLET: SHOP_API_KEY}}").fails();
    assert!(run.stderr.contains("plain text") && !run.stderr.contains("hunter2"), "{}", run.stderr);
    let raw = "objects: {a: {apiVersion: v1, kind: Secret, metadata: {name: raw}, stringData: {A: hunter2}}}";
    shop(raw).file("overlays/dev.yaml", "tier: staging\n").render("").mentions(&["`waiver`"]);
}

/// The words of an environment replace those of the layer below.
#[test]
fn an_environment_chooses_another_way() {
    let project =
        shop("secrets: {keys: {keys: [API], from: {literals: {API: a}, waiver: made up}}}");
    let project = project.file("overlays/dev.yaml", "tier: staging\n").file(
        "overlays/prod.yaml",
        "tier: production\nsecrets: {keys: {from: {externalSecret: {store: v, prefix: a/}}}}\n",
    );
    assert!(project.render("").names().contains(&"Secret/keys".to_owned()));
    assert!(project.render("--env prod").names().contains(&"ExternalSecret/keys".to_owned()));
}

#[test]
fn a_type_says_which_keys_there_are() {
    let with = |secret: &str, mount: &str| {
        shop(&format!(
            "
            secrets: {{cert: {{{secret}}}}}
            workloads: {{web: {{image: 'w:1', mounts: {{/tls: {{secret: cert/{mount}}}}}}}}}
            "
        ))
        .render("")
    };
    with("type: tls, from: existing", "tls.crt").succeeds();
    with("type: tls, from: existing", "tls.cert").mentions(&["no key `tls.cert`", "`tls.crt`"]);
    with("type: tls, from: {externalSecret: {store: v, prefix: a/}}", "tls.key").has(
        "ExternalSecret/cert",
        "
        spec:
          target: {template: {type: kubernetes.io/tls}}
          data:
          - {secretKey: tls.crt, remoteRef: {key: a/tls.crt}}
          - {secretKey: tls.key, remoteRef: {key: a/tls.key}}
        ",
    );
    with("type: tls, from: {literals: {tls.crt: a}}", "tls.crt").mentions(&["has a key `tls.key`"]);
    with(&format!("type: tls, from: {{sealed: {{tls.crt: {}}}}}", sealed('A')), "tls.crt")
        .mentions(&["has a key `tls.key`"]);
    with("type: basicAuth, from: {literals: {password: a}}", "password").succeeds();
    with("type: basicAuth, from: {literals: {word: a}}", "word").mentions(&["`username`"]);
    with("type: sshAuth, from: existing", "ssh-privatekey").succeeds();
    with("type: tsl, from: existing", "a").mentions(&["did you mean `tls`?"]);
    with("type: kubernetes.io/tsl, from: existing", "a").mentions(&["kubernetes.io/tls"]);
    with("type: tls, keys: [tls.crt], from: existing", "tls.crt").mentions(&["made elsewhere"]);
}

#[test]
fn the_login_of_a_registry() {
    let with = |source: &str| {
        shop(&format!(
            "
            secrets: {{pull: {{type: registry, server: ghcr.io, from: {source}}}}}
            workloads: {{web: {{image: 'w:1', imagePullSecrets: [pull]}}}}
            "
        ))
        .render("")
    };
    let secret = with("{literals: {username: bot, password: 'a\"b'}}").object("Secret/pull");
    assert_eq!(secret["type"], "kubernetes.io/dockerconfigjson");
    // {"auths":{"ghcr.io":{"username":"bot","password":"a\"b","auth":"Ym90OmEiYg=="}}}
    let config = "eyJhdXRocyI6eyJnaGNyLmlvIjp7InVzZXJuYW1lIjoiYm90IiwicGFzc3dvcmQiOiJhXCJiIiwiYXV0aCI6IlltOTBPbUVpWWc9PSJ9fX0=";
    assert_eq!(secret["data"][".dockerconfigjson"], config);
    with("{externalSecret: {store: v, propertiesOf: registry}}").has(
        "ExternalSecret/pull",
        r#"
        spec:
          target:
            template:
              type: kubernetes.io/dockerconfigjson
              data:
                .dockerconfigjson: '{"auths":{"ghcr.io":{"username":{{ .username | toJson }},"password":{{ .password | toJson }},"auth":{{ printf "%s:%s" .username .password | b64enc | toJson }}}}}'
          data:
          - {secretKey: username, remoteRef: {key: registry, property: username}}
          - {secretKey: password, remoteRef: {key: registry, property: password}}
        "#,
    );
    with("{literals: {username: bot}}").mentions(&["`password`"]);
    with("{literals: {username: bot, password: a, mail: c}}").mentions(&["`mail`"]);
    with("existing").mentions(&["made elsewhere"]);
    shop("secrets: {a: {type: registry, server: ghcr.io, keys: [b], from: {literals: {username: a, password: b}}}}")
        .render("")
        .mentions(&["one key `.dockerconfigjson`"]);
    shop(
        "secrets: {a: {type: tls, server: ghcr.io, from: {literals: {username: a, password: b}}}}",
    )
    .render("")
    .mentions(&["belongs to the type `registry`"]);
}
