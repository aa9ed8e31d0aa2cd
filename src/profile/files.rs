//! Contents of files: those of the project as they are, and templates
//! rendered. After this nothing reads a file.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report};
use crate::source::Sources;
use crate::template::Engine;
use crate::tree::Node;

use super::index::Index;
use super::project::{Content, Project};

/// The contents of files, by the ConfigMap and the key they are for.
pub type Contents = HashMap<(String, String), Content>;

/// Reads and renders all files that ConfigMaps ask for.
pub fn read(
    project: &Project,
    index: &Index<'_>,
    profile: &Arc<Node>,
    environment: &str,
    sources: &mut Sources,
    report: &mut Report,
) -> Contents {
    let mut contents = Contents::new();
    let mut engine: Option<Engine> = None;
    for (name, config) in &index.system.config {
        for (key, file) in &config.files {
            let content = if let Some(template) = &file.template {
                let engine = engine.get_or_insert_with(|| {
                    Engine::new(project, index, Arc::clone(profile), environment)
                });
                engine.render(template.as_str(), template.place, sources, report).map(Content::Text)
            } else if let Some(path) = &file.file {
                project
                    .file(path.as_str())
                    .map_err(|reason| {
                        report.add(Diagnostic::new(format!("`{path}`: {reason}")).at(path.place));
                    })
                    .ok()
            } else {
                None
            };
            if let Some(content) = content {
                contents.insert((name.to_string(), key.to_string()), content);
            }
        }
    }
    contents
}
