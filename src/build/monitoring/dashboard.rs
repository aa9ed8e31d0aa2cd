//! Dashboards: ConfigMaps that the sidecar of Grafana finds by their label.

use std::collections::HashMap;

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::dashboard::Dashboard;
use crate::profile::decode::{Decode, Item};
use crate::profile::monitoring::DashboardSettings;
use crate::profile::project::Content;
use crate::scalar::DnsName;
use crate::source::Place;
use crate::tree::Node;

use super::super::config::LARGEST;
use super::super::context::Context;
use super::super::meta::{Pairs, extend};
use super::super::raw;
use super::dashboard_model::{self, Model};
use super::placed;

/// The ConfigMaps of all dashboards.
pub fn config_maps(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let system = context.index.system;
    if super::is_off(context.index) {
        return Vec::new();
    }
    let Some((_, first)) = system.dashboards.first() else { return Vec::new() };
    let written = system.monitoring.as_ref().and_then(|all| all.dashboards.as_ref());
    let settings = match written {
        Some(settings) => Some(settings.value.clone()),
        None => DashboardSettings::decode(&Node::map(first.key), report),
    };
    let Some(settings) = settings else { return Vec::new() };
    let mut seen = Seen::default();
    let all = system.dashboards.iter();
    all.filter_map(|(name, dashboard)| {
        config_map(context, &settings, &mut seen, name, dashboard, report)
    })
    .collect()
}

/// Grafana has one dashboard of a `uid`, and one of a title in a folder.
#[derive(Default)]
struct Seen {
    uids: HashMap<String, Place>,
    titles: HashMap<(Option<String>, String), Place>,
}

impl Seen {
    fn check(&mut self, model: Model, dashboard: &Item<Dashboard>, report: &mut Report) {
        let twice = |what: String, other: Place| {
            Diagnostic::new(what).at(dashboard.key).related(other, "the other one")
        };
        if let Some(uid) = model.uid
            && let Some(other) = self.uids.insert(uid.clone(), dashboard.key)
        {
            report.add(twice(format!("two dashboards have the `uid` `{uid}`"), other));
        }
        let folder = dashboard.folder.as_ref().map(|folder| folder.value.clone());
        let title = model.title;
        if let Some(other) = self.titles.insert((folder, title.clone()), dashboard.key) {
            report.add(twice(format!("two dashboards of a folder are called `{title}`"), other));
        }
    }
}

fn config_map(
    context: &Context<'_>,
    settings: &DashboardSettings,
    seen: &mut Seen,
    name: &DnsName,
    dashboard: &Item<Dashboard>,
    report: &mut Report,
) -> Option<Object> {
    let source = dashboard.file.as_ref().or(dashboard.template.as_ref());
    let source = source.map_or(dashboard.key, |path| path.place);
    // What could not be read was reported.
    let text = match context.dashboards.get(name.as_str())? {
        Content::Text(text) => text,
        Content::Binary(_) => {
            report.error(source, "a dashboard is JSON in UTF-8");
            return None;
        }
    };
    if text.len() > LARGEST {
        let fault = Diagnostic::new(format!("this dashboard has {} bytes", text.len()));
        report.add(fault.at(source).label("a ConfigMap takes 1 MiB at most"));
    }
    match dashboard_model::read(text) {
        Ok(model) => seen.check(model, dashboard, report),
        Err(fault) => {
            let diagnostic = Diagnostic::new(fault.message).at(source);
            report.add(match fault.help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
    }
    let home = context.index.namespace;
    let (namespace, full) = placed(dashboard.namespace.as_ref(), context, home, name.as_str());
    let mut labels = context.common_labels();
    extend(&mut labels, &dashboard.labels);
    let label = settings.label.as_str();
    if let Some(own) = dashboard.labels.get(label) {
        report
            .error(own.key, "Grafana's sidecar looks for this label; `monitoring` says its value");
    }
    labels.insert(label.to_owned(), settings.value.to_string());
    let mut metadata = context.namespaced(namespace, &full, labels, &dashboard.annotations);
    if let Some(folder) = &dashboard.folder {
        if folder.trim().is_empty() {
            report.error(folder.place, "a folder needs a name");
        }
        let key = settings.folder_annotation.as_str();
        if let Some(own) = dashboard.annotations.get(key) {
            report.error(own.key, "`folder` says this already");
        }
        let annotations = metadata.annotations.get_or_insert_default();
        annotations.insert(key.to_owned(), folder.value.clone());
    }
    // The sidecar puts the files of all ConfigMaps into one directory.
    let key = format!("{home}-{name}.json");
    let object = core::ConfigMap {
        metadata,
        data: Some(Pairs::from([(key, text.clone())])),
        ..core::ConfigMap::default()
    };
    raw::object(&object, dashboard.key, report)
}
