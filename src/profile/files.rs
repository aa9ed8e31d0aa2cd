//! Contents of files: those of the project as they are, and templates
//! rendered. After this nothing reads a file.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Request;
use crate::diagnostic::{Diagnostic, Report};
use crate::scalar::RelativePath;
use crate::source::Sources;
use crate::template::Engine;
use crate::tree::Node;

use super::decode::At;
use super::index::Index;
use super::project::{Content, Project, SYSTEM_FILE};
use super::secret_values::{self, SecretValues};

/// What was read of the world outside of the profile.
#[derive(Default)]
pub struct Contents {
    /// The contents of files, by the ConfigMap and the key they are for.
    pub config: HashMap<(String, String), Content>,
    /// By the dashboard.
    pub dashboards: HashMap<String, Content>,
    pub secrets: SecretValues,
}

impl Contents {
    pub fn new() -> Contents {
        Contents::default()
    }
}

/// Whether a path of the project is a layer of the profile.
pub fn is_profile(path: &str) -> bool {
    let path = path.trim_start_matches("./");
    path == SYSTEM_FILE || path.starts_with("overlays/")
}

/// Reads and renders all files that ConfigMaps and dashboards ask for, and the
/// values of Secrets.
pub fn read(
    project: &Project,
    index: &Index<'_>,
    profile: &Arc<Node>,
    request: &Request,
    sources: &mut Sources,
    report: &mut Report,
) -> Contents {
    let mut contents = Contents::default();
    let mut engine: Option<Engine> = None;
    let mut content = |file: Option<&At<RelativePath>>, template: Option<&At<RelativePath>>| {
        if let Some(template) = template {
            let engine = engine.get_or_insert_with(|| {
                Engine::new(project, index, Arc::clone(profile), &request.environment)
            });
            return engine
                .render(template.as_str(), template.place, sources, report)
                .map(Content::Text);
        }
        let path = file?;
        // Secrets may stand in plain text in the profile itself.
        let content = match is_profile(path.as_str()) {
            true => Err("a file of the profile is no configuration".to_owned()),
            false => project.file(path.as_str()),
        };
        let fault = |reason| Diagnostic::new(format!("`{path}`: {reason}")).at(path.place);
        content.map_err(|reason| report.add(fault(reason))).ok()
    };
    for (name, config) in &index.system.config {
        for (key, file) in &config.files {
            if let Some(content) = content(file.file.as_ref(), file.template.as_ref()) {
                contents.config.insert((name.to_string(), key.to_string()), content);
            }
        }
    }
    for (name, dashboard) in &index.system.dashboards {
        if let Some(content) = content(dashboard.file.as_ref(), dashboard.template.as_ref()) {
            contents.dashboards.insert(name.to_string(), content);
        }
    }
    contents.secrets = secret_values::read(project, index, request, report);
    contents
}
