//! A project of any size: workloads with a ConfigMap, a Deployment, a Service
//! and an autoscaler each, and a change to every one of them in production.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a project into a directory.
pub fn write(root: &Path, workloads: usize) -> io::Result<()> {
    fs::create_dir_all(root.join("overlays"))?;
    fs::write(root.join("k8sgen.yaml"), system(workloads))?;
    fs::write(root.join("overlays/dev.yaml"), "tier: development\n")?;
    fs::write(root.join("overlays/prod.yaml"), production(workloads))
}

/// `k8sgen.yaml`.
pub fn system(workloads: usize) -> String {
    let mut text = "\
system: shop
kubernetes: \"1.34\"

images:
  app: {name: registry.example.com/shop/app, tag: v1.4.2}

config:
"
    .to_owned();
    for number in 0..workloads {
        let name = name(number);
        let upstream = name_of_upstream(number);
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "  {name}-config:
    data:
      LOG_LEVEL: info
      WORKERS: \"{}\"
      UPSTREAM: {{address: {upstream}/http}}
      GREETING: \"Hello from {name}: ready\"
",
            1 + number % 8
        );
    }
    text.push_str("\nworkloads:\n");
    for number in 0..workloads {
        let name = name(number);
        let _ = write!(
            text,
            "  {name}:
    image: app
    replicas: 2
    ports: {{http: 8080}}
    env:
      LOG_LEVEL: {{config: {name}-config/LOG_LEVEL}}
      WORKERS: {{config: {name}-config/WORKERS}}
      UPSTREAM: {{config: {name}-config/UPSTREAM}}
      POD_NAME: {{field: metadata.name}}
      SHARD: \"{number}\"
    resources:
      requests: {{cpu: 100m, memory: 128Mi}}
      limits: {{cpu: 500m, memory: 256Mi}}
    probes:
      liveness: {{http: http/healthz, initialDelay: 10s, period: 10s, timeout: 3s}}
      readiness: {{http: http/ready, period: 5s}}
    services:
      {name}: {{ports: {{http: {{port: 80}}}}}}
    scale: {{min: 2, max: 10, cpu: 80%}}
"
        );
    }
    text
}

/// `overlays/prod.yaml`: more memory for each.
pub fn production(workloads: usize) -> String {
    let mut text = "tier: production\n\nworkloads:\n".to_owned();
    for number in 0..workloads {
        let _ = writeln!(text, "  {}: {{resources: {{limits: {{memory: 512Mi}}}}}}", name(number));
    }
    text
}

fn name(number: usize) -> String {
    format!("service-{number:05}")
}

/// Each calls the one before it, and the first itself.
fn name_of_upstream(number: usize) -> String {
    name(number.saturating_sub(1))
}
