//! Templates: contents of files, rendered strictly, with delimiters that belong
//! to nobody else.

use std::time::{Duration, Instant};

use crate::support::{Run, Scratch, shop};

/// A project whose ConfigMap `app` has the rendered `templates/a.txt` as `a`.
fn project(template: &str) -> Scratch {
    shop(
        "
        images: {redis: {name: redis, tag: 7-alpine}}
        config:
          app:
            files:
              a: {template: a.txt}
        workloads:
          redis: {image: redis, replicas: 2, ports: {redis: 6379}, services: {redis: {}}}
        ",
    )
    .file("templates/a.txt", template)
}

#[track_caller]
fn gives(run: Run, text: &str) {
    let object = run.object("ConfigMap/app");
    assert_eq!(object["data"]["a"].as_str(), Some(text));
}

#[test]
fn what_a_template_sees() {
    gives(
        project(
            "<%= env.name %> <%= env.tier %> <%= env.namespace %>\n\
             <%= system.workloads.redis.replicas %> <%= system.system %>\n\
             <%= service(\"redis\", \"redis\") %>\n\
             <%= service(\"redis\", 6379).host %> <%= service(\"redis\", \"redis\").port %>\n\
             <%= image(\"redis\") %>\n",
        )
        .render(""),
        "dev development shop\n2 shop\nredis.shop.svc.cluster.local:6379\n\
         redis.shop.svc.cluster.local 6379\nredis:7-alpine\n",
    );
}

#[test]
fn defaults_are_seen_too() {
    gives(
        project("<%= system.workloads.redis.kind %> <%= system.clusterDomain %> <%= system.workloads.redis.ports.redis.port %>").render(""),
        "Deployment cluster.local 6379",
    );
}

#[test]
fn conditions_and_loops() {
    gives(
        project("<% for name in system.workloads %>\n- <%= name %>\n<% endfor %>\n<% if env.tier == \"production\" %>p<% else %>d<% endif %>\n").render(""),
        "- redis\nd",
    );
}

#[test]
fn filters() {
    gives(
        project(
            "<%= \"a\\\"b\" | toml %> <%= [1, true, \"x\"] | toml %> <%= {\"a\": 1} | json %>\n\
             <%= \"yes\" | yaml %> <%= \"abc\" | b64encode %> <%= \"YWJj\" | b64decode %>\n\
             <%= \"abc\" | sha256 %>\n",
        )
        .render(""),
        "\"a\\\"b\" [1, true, \"x\"] {\n  \"a\": 1\n}\n\"yes\" YWJj abc\n\
         ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
    );
}

#[test]
fn braces_of_others_are_left_alone() {
    let others = "{{ $labels.pod }} {% raw %} ${{ secrets.TOKEN }} ${HOME} $(date) {# no #}\n\
                  [table]\nkey = { a = 1 } # comment\n[[ -f x ]] && echo <(ls) >%s <a href=\"%\">\n";
    gives(project(others).render(""), others);
}

#[test]
fn plain_strings_are_no_templates() {
    shop("config: {app: {data: {A: '<%= env.name %> {{ x }}'}}}")
        .render("")
        .has("ConfigMap/app", "data: {A: '<%= env.name %> {{ x }}'}");
}

#[test]
fn what_is_not_defined_is_an_error_at_its_line() {
    let run = project("one\n  <%= env.nmae %>\n").render("").fails();
    let at = run.stderr.find("--> templates/a.txt:2:").unwrap_or_else(|| panic!("{}", run.stderr));
    assert!(run.stderr[at..].contains("k8sgen.yaml:6:21"), "{}", run.stderr);
    for template in [
        "<%= nothing %>",
        "<%= system.workloads.web.replicas %>",
        "<% if nothing %>x<% endif %>",
        "<% for x in nothing %>x<% endfor %>",
        "<%= env.name | upcase %>",
        "<%= unknown(1) %>",
    ] {
        project(template).render("").mentions(&["--> templates/a.txt:1:"]);
    }
}

/// `namespace` and `range` are functions of Jinja; `env.namespace` was meant.
#[test]
fn a_function_is_no_text() {
    for name in ["namespace", "range", "service", "image"] {
        project(&format!("<%= {name} %>")).render("").mentions(&["templates/a.txt:1:", name]);
    }
}

#[test]
fn mistakes_come_with_the_nearest_right_name() {
    project("<%= service(\"rediss\", \"redis\") %>")
        .render("")
        .mentions(&["did you mean `redis`?"]);
    project("<%= service(\"redis\", \"http\") %>").render("").mentions(&["port", "`redis`"]);
    project("<%= image(\"rdis\") %>").render("").mentions(&["did you mean `redis`?"]);
    project("<%= 1 | josn %>").render("").mentions(&["did you mean `json`?"]);
    project("<% if %>").render("").mentions(&["templates/a.txt:1:"]);
    project("a\n<% for x in [1] %>\n").render("").mentions(&["templates/a.txt:"]);
}

#[test]
fn a_template_that_is_missing() {
    let project = shop("config: {app: {files: {a: {template: a.txt}}}}");
    project.render("").mentions(&["templates/a.txt", "no such file", "k8sgen.yaml:2:38"]);
}

#[test]
fn templates_use_each_other() {
    gives(
        project("<% include \"part.txt\" %>!")
            .file("templates/part.txt", "part of <%= env.name %>")
            .render(""),
        "part of dev!",
    );
    project("<% include \"part.txt\" %>")
        .file("templates/part.txt", "x\n<%= nothing %>\n")
        .render("")
        .mentions(&["templates/part.txt:2:"]);
}

#[test]
fn no_file_outside_of_templates_is_read() {
    for path in ["../k8sgen.yaml", "/etc/passwd", "./../k8sgen.yaml", "x/../../k8sgen.yaml"] {
        project(&format!("<% include \"{path}\" %>")).render("").mentions(&[path]);
        shop(&format!("config: {{app: {{files: {{a: {{template: '{path}'}}}}}}}}"))
            .render("")
            .mentions(&["k8sgen.yaml:2"]);
    }
    // A link that leads out of the project.
    let linked = project("");
    let path = linked.path().join("templates/a.txt");
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", &path).unwrap();
    linked.render("").mentions(&["leads out of `templates/`"]);
}

#[test]
fn a_link_does_not_lead_out_of_templates() {
    let linked = project("");
    std::fs::remove_file(linked.path().join("templates/a.txt")).unwrap();
    std::os::unix::fs::symlink("../k8sgen.yaml", linked.path().join("templates/a.txt")).unwrap();
    linked.render("").mentions(&["templates/a.txt", "out of"]);
}

#[test]
fn a_wrong_include_has_a_place_and_a_reason() {
    project("x\n<% include \"none.txt\" %>")
        .render("")
        .mentions(&["templates/a.txt:2:", "no such file"]);
    project("x\n<% include \"../k8sgen.yaml\" %>")
        .render("")
        .mentions(&["templates/a.txt:2:", "leads out of `templates/`"]);
}

#[test]
fn no_template_reads_a_literal_secret() {
    let overlay = "tier: development\nsecrets: {keys: {from: {literals: {API: hunter2}}}}";
    for template in
        ["<%= system.secrets.keys.from.literals.API %>", "<%= system | json %>", "<%= system %>"]
    {
        let run = project(template).file("overlays/dev.yaml", overlay).run(&[
            "render",
            "--env",
            "dev",
            "--only",
            "ConfigMap",
        ]);
        assert!(!(run.stdout + &run.stderr).contains("hunter2"), "{template}");
    }
}

#[test]
fn templates_are_bounded_in_time_and_memory() {
    let start = Instant::now();
    for template in [
        "<% for a in range(100000) %><% for b in range(100000) %><% endfor %><% endfor %>",
        "<% for a in range(100000) %>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx<% endfor %>",
        "<%= \"x\" * 1000000000 %>",
        "<% macro m() %><%= m() %><% endmacro %><%= m() %>",
        "<% include \"a.txt\" %>",
        "<% set x = \"xxxxxxxxxxxxxxxx\" %><% for i in range(40) %><% set x = x ~ x %><% endfor %><%= x %>",
        "<% set ns = namespace(x=\"xxxxxxxxxxxxxxxx\") %><% for i in range(60) %><% set ns.x = ns.x ~ ns.x %><% endfor %>",
        "<%= range(1000000000) | list | length %>",
        "<%= \"%1000000000d\" | format(1) %>",
        "<%= \"a\" | indent(1000000000) %>",
    ] {
        let run = project(template).render("");
        assert!(run.status == 2 || run.status == 0, "{template}: {} {}", run.status, run.stderr);
        assert!(!run.stderr.contains("panicked"), "{template}: {}", run.stderr);
        assert!(start.elapsed() < Duration::from_secs(20), "{template}: {:?}", start.elapsed());
    }
}

#[test]
fn a_map_and_a_list_have_no_text_of_their_own() {
    let template = |text: &str| {
        shop("config: {app: {files: {a: {template: a.txt}}}}")
            .file("templates/a.txt", text)
            .render("")
    };
    template("<%= system %>").mentions(&["this is a map: choose one of its keys"]);
    template("<%= [1, 2] %>").mentions(&["this is a list"]);
    template("<%= service %>").mentions(&["this is a function: call it with `(…)`"]);
    template("<%= env.name %> <%= [1, 2] | join('-') %>").succeeds();
}
