//! Databases whose data goes with the pod.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Role, Scene};
use crate::object::value::Value;
use crate::scalar::{ImageReference, Scalar};

pub static RULE: Rule = Rule {
    name: "policy/database-on-scratch",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a database keeps its data where it is lost with the pod",
    page: "What a container writes outside its volumes, and into an `emptyDir`, is gone when the pod is: at the next rollout, drain or crash of a node. A database that is told so by nobody loses its data. Mount a claim where the image keeps its data: `volumeClaimTemplates` of a StatefulSet. Where the data may be lost, waive this rule and say so.\n\nLooked at are well-known images that run as they are; one with a `command` may do something else.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers: [{name: db, image: 'postgres:17', volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]
  volumes: [{name: data, emptyDir: {}}]
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: '', accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers: [{name: db, image: 'postgres:17', volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
",
    look: Look::Container(look),
};

/// A well-known image.
struct Database {
    name: &'static str,
    /// Where it keeps its data.
    home: &'static str,
    /// Where versions below this major one do: their volume is there, and a claim above
    /// it is not used.
    before: Option<(u32, &'static str)>,
    /// The variable that says otherwise.
    variable: &'static str,
}

const fn database(name: &'static str, home: &'static str) -> Database {
    Database { name, home, before: None, variable: "" }
}

const POSTGRES: Database = Database {
    before: Some((18, "/var/lib/postgresql/data")),
    variable: "PGDATA",
    ..database("postgres", "/var/lib/postgresql")
};

const DATABASES: [Database; 9] = [
    POSTGRES,
    Database { name: "postgis", ..POSTGRES },
    database("mysql", "/var/lib/mysql"),
    database("mariadb", "/var/lib/mysql"),
    database("mongo", "/data/db"),
    database("cassandra", "/var/lib/cassandra"),
    database("clickhouse-server", "/var/lib/clickhouse"),
    database("couchdb", "/opt/couchdb/data"),
    Database {
        before: Some((2, "/var/lib/influxdb")),
        ..database("influxdb", "/var/lib/influxdb2")
    },
];

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    // The image in a Job is a client.
    if container.role == Role::Init || matches!(pod.owner.kind(), "Job" | "CronJob") {
        return;
    }
    let at = container.at;
    let image = at.field("image");
    let Ok(reference) = ImageReference::parse(image.text_or_empty()) else { return };
    let short = reference.name().rsplit('/').next().unwrap_or_default();
    let Some(database) = DATABASES.iter().find(|database| database.name == short) else {
        return;
    };
    let env = at.field("env");
    let moved = env.items().any(|one| one.field("name").text() == Some(database.variable));
    if moved || !at.field("command").is_empty() || !at.field("args").is_empty() {
        return;
    }
    let major = reference.tag().and_then(major);
    let (home, others) = match (database.before, major) {
        (Some((first, older)), Some(major)) if major < first => (older, None),
        // Of which version it is nobody says.
        (Some((_, older)), None) => (older, Some(database.home)),
        _ => (database.home, None),
    };
    let mut mounts = at.field("volumeMounts").items().filter_map(|mount| {
        let path = mount.field("mountPath").text()?.trim_end_matches('/');
        let holds = |home: &str| {
            is_within(path, home) || database.before.is_none() && is_within(home, path)
        };
        (holds(home) || others.is_some_and(holds)).then_some(mount)
    });
    match mounts.next() {
        None => image.fault_with(
            format!("it keeps its data in {home}, which is lost with the pod"),
            "mount a claim there",
        ),
        Some(mount) => {
            let name = mount.field("name");
            if name.text().is_some_and(|name| is_scratch(pod, name)) && mounts.next().is_none() {
                name.fault_with(
                    format!("it keeps its data in {home}, and this is an `emptyDir`: it is lost with the pod"),
                    "mount a claim there",
                );
            }
        }
    }
}

/// The first number of a tag: 17 of `17.2-alpine`.
fn major(tag: &str) -> Option<u32> {
    let digits = tag.strip_prefix('v').unwrap_or(tag);
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_scratch(pod: &Pod<'_>, name: &str) -> bool {
    let Some(Value::List(volumes)) = pod.spec.get("volumes") else { return false };
    let own = volumes.iter().find(|v| v.get("name").and_then(Value::as_str) == Some(name));
    own.is_some_and(|volume| volume.get("emptyDir").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(container: &str, volume: &str) -> Vec<String> {
        findings(&RULE, &format!("
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec: {{template: {{spec: {{containers: [{{name: db, {container}}}], volumes: [{{name: data, {volume}}}]}}}}}}
"))
    }

    #[test]
    fn where_data_is_kept() {
        for (container, volume, count) in [
            ("image: 'docker.io/library/postgres:17'", "emptyDir: {}", 1),
            (
                "image: 'postgres:17', volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]",
                "emptyDir: {}",
                1,
            ),
            (
                "image: 'postgres:17', volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data/}]",
                "persistentVolumeClaim: {}",
                0,
            ),
            // Of a template for claims.
            (
                "image: 'postgres:18.1', volumeMounts: [{name: own, mountPath: /var/lib/postgresql}]",
                "emptyDir: {}",
                0,
            ),
            // The volume of the image itself lies below the claim.
            (
                "image: 'postgres:17', volumeMounts: [{name: own, mountPath: /var/lib/postgresql}]",
                "emptyDir: {}",
                1,
            ),
            (
                "image: 'postgres:latest', volumeMounts: [{name: own, mountPath: /var/lib/postgresql}]",
                "emptyDir: {}",
                0,
            ),
            (
                "image: 'influxdb:2.7.1', volumeMounts: [{name: own, mountPath: /var/lib/influxdb2}]",
                "emptyDir: {}",
                0,
            ),
            (
                "image: 'postgres:17', volumeMounts: [{name: data, mountPath: /tmp}]",
                "emptyDir: {}",
                1,
            ),
            ("image: 'postgres:17', env: [{name: PGDATA, value: /data}]", "emptyDir: {}", 0),
            ("image: 'postgres:17', command: [psql]", "emptyDir: {}", 0),
            (
                "image: 'mongo:8', volumeMounts: [{name: data, mountPath: /data}]",
                "hostPath: {path: /x}",
                0,
            ),
            ("image: 'example.com/postgres-exporter:1'", "emptyDir: {}", 0),
            ("image: 'redis:7'", "emptyDir: {}", 0),
        ] {
            assert_eq!(found(container, volume).len(), count, "{container} {volume}");
        }
    }
}
