//! The projects of this repository and their environments.

use std::path::{Path, PathBuf};

use super::{ROOT, run_in};

/// One environment of one project.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// What its snapshot is called.
    pub name: &'static str,
    /// The project's directory, from the repository's.
    pub project: &'static str,
    pub environment: &'static str,
}

const fn environment(
    name: &'static str,
    project: &'static str,
    environment: &'static str,
) -> Environment {
    Environment { name, project, environment }
}

pub const ALL: [Environment; 8] = [
    environment("book-dev", ".", "dev"),
    environment("book-staging", ".", "staging"),
    environment("book-prod", ".", "prod"),
    environment("web-dev", "examples/web", "dev"),
    environment("web-prod", "examples/web", "prod"),
    environment("xai-dev", "examples/xai", "dev"),
    environment("xai-staging", "examples/xai", "staging"),
    environment("xai-prod", "examples/xai", "prod"),
];

/// Those of the largest example, which are too large to be read as snapshots.
pub const WIDE: [Environment; 5] = [
    environment("shop-dev", "examples/shop", "dev"),
    environment("shop-aws", "examples/shop", "aws"),
    environment("shop-azure", "examples/shop", "azure"),
    environment("shop-gcp", "examples/shop", "gcp"),
    environment("shop-metal", "examples/shop", "metal"),
];

/// All environments of all projects.
pub fn every() -> impl Iterator<Item = Environment> {
    ALL.into_iter().chain(WIDE)
}

impl Environment {
    pub fn directory(&self) -> PathBuf {
        Path::new(ROOT).join(self.project)
    }

    /// What `k8sgen render` prints of it.
    #[track_caller]
    pub fn rendered(&self) -> String {
        let run = run_in(&self.directory(), &["render", "--env", self.environment]);
        run.succeeds().stdout
    }
}
