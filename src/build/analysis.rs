//! AnalysisTemplates, and what Rollouts ask of them.

use std::collections::HashSet;

use k8s_openapi::api::core::v1::SecretKeySelector;
use serde_json::Value as Json;

use crate::crd::argo;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::analysis::{Analysis, AnalysisArgument, AnalysisMetric, ArgumentName};
use crate::profile::decode::{At, Item, Named, place};
use crate::profile::index::{lives_elsewhere, no_key};
use crate::profile::progressive::{AnalysisUse, Argument, BackgroundAnalysis};
use crate::profile::refs::KeyRef;
use crate::profile::workload::Workload;
use crate::scalar::{DnsName, Duration};
use crate::source::Place;

use super::context::{Context, count, seconds_from};
use super::meta::{extend, some_list};
use super::raw;

/// All AnalysisTemplates.
pub fn templates(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = context.index.system.analysis.iter();
    all.filter_map(|(name, analysis)| template(context, name, analysis, report)).collect()
}

fn template(
    context: &Context<'_>,
    name: &DnsName,
    analysis: &Item<Analysis>,
    report: &mut Report,
) -> Option<Object> {
    let home = context.index.home(&analysis.namespace);
    if analysis.metrics.is_empty() {
        report.add(
            Diagnostic::missing("an analysis needs something to measure").at(analysis.key).help(
                "for example `metrics: {success-rate: {prometheus: {…}, successCondition: …}}`",
            ),
        );
    }
    let mut used = HashSet::new();
    let metrics: Vec<argo::AnalysisMetric> = analysis
        .metrics
        .iter()
        .filter_map(|(name, metric)| self::metric(name, metric, analysis, &mut used, report))
        .collect();
    for (name, argument) in &analysis.args {
        if !used.contains(name.as_str()) && metrics.len() == analysis.metrics.len() {
            report.add(
                Diagnostic::missing(format!("no measure uses `{{{{args.{name}}}}}`"))
                    .at(argument.key),
            );
        }
    }
    let args = analysis
        .args
        .iter()
        .map(|(name, argument)| self::argument(context, home, name, argument, report));
    let mut labels = context.common_labels();
    extend(&mut labels, &analysis.labels);
    let object = argo::AnalysisTemplate {
        metadata: context.namespaced(home, name.as_str(), labels, &analysis.annotations),
        spec: argo::AnalysisTemplateSpec { args: some_list(args.collect()), metrics },
    };
    raw::object(&object, analysis.key, report)
}

fn argument(
    context: &Context<'_>,
    home: &str,
    name: &ArgumentName,
    argument: &AnalysisArgument,
    report: &mut Report,
) -> argo::AnalysisArgument {
    argo::AnalysisArgument {
        name: name.to_string(),
        value: argument.value.as_ref().map(|value| value.value.clone()),
        value_from: argument.secret.as_ref().map(|reference| {
            check_secret(context, home, reference, report);
            argo::ArgumentValueFrom {
                secret_key_ref: Some(SecretKeySelector {
                    name: reference.name.to_string(),
                    key: reference.key.to_string(),
                    optional: None,
                }),
                ..argo::ArgumentValueFrom::default()
            }
        }),
    }
}

/// The Secret is there, in the same namespace, and has the key.
fn check_secret(context: &Context<'_>, home: &str, reference: &At<KeyRef>, report: &mut Report) {
    let name = &reference.name;
    let secret = match context.index.secret(name) {
        Ok(secret) => secret,
        Err(unknown) => return report.add(unknown.at(reference.place)),
    };
    let known: Vec<&str> = secret.all_keys().map(|(key, _)| key.as_str()).collect();
    if !known.is_empty() && !known.contains(&reference.key.as_str()) {
        report.add(no_key(name, &reference.key, known).at(reference.place));
    }
    if !context.index.homes_of_secret(name, secret).contains(&home) {
        report.add(
            Diagnostic::new(format!("`{name}` is not made in the namespace `{home}`"))
                .at(reference.place)
                .related(secret.key, "an analysis reads what lies beside it: say its `namespace`"),
        );
    }
}

fn metric(
    name: &DnsName,
    metric: &At<AnalysisMetric>,
    analysis: &Analysis,
    used: &mut HashSet<String>,
    report: &mut Report,
) -> Option<argo::AnalysisMetric> {
    check_counts(metric, report);
    let mut read = |text: &str, place: Place, report: &mut Report| {
        arguments_in(text, place, &analysis.args, used, report);
    };
    for condition in [&metric.success_condition, &metric.failure_condition].into_iter().flatten() {
        read(condition, condition.place, report);
    }
    let provider = if let Some(prometheus) = &metric.prometheus {
        for text in [&prometheus.address, &prometheus.query] {
            read(text, text.place, report);
        }
        let address = prometheus.address.as_str();
        if !["http://", "https://", "{{"].iter().any(|start| address.starts_with(start)) {
            report.error(prometheus.address.place, "a URL begins with `http://` or `https://`");
        }
        if prometheus.query.trim().is_empty() {
            report.error(prometheus.query.place, "a query is not empty");
        }
        // Argo counts a measurement without conditions as a success.
        if metric.success_condition.is_none() && metric.failure_condition.is_none() {
            report.add(
                Diagnostic::missing("whatever Prometheus answers would be a success")
                    .at(prometheus.place)
                    .help("say a `successCondition`, for example `result[0] >= 0.95`"),
            );
        }
        let settings = argo::PrometheusMetric {
            address: address.to_owned(),
            query: prometheus.query.value.clone(),
            timeout: prometheus.timeout.as_ref().and_then(|time| seconds_from(1, time, report)),
            insecure: prometheus.insecure.as_ref().map(|flag| **flag),
        };
        serde_json::json!({ "prometheus": without_nulls(serde_json::to_value(settings).ok()?) })
    } else {
        let written = metric.provider.as_ref()?;
        let provider: Json = raw::part(written, report)?;
        if provider.as_object().map(serde_json::Map::len) != Some(1) {
            report.add(
                Diagnostic::new("a measure has one source")
                    .at(written.0.place)
                    .help("for example `{web: {url: …}}` or `{job: {spec: …}}`"),
            );
        }
        texts(&provider, &mut |text| read(text, written.0.place, report));
        provider
    };
    let go = |time: &Option<At<Duration>>| time.as_ref().map(|time| time.to_go());
    let number = |number: &Option<At<u32>>| number.as_ref().map(|number| count(**number));
    let text = |text: &Option<At<String>>| text.as_ref().map(|text| text.value.clone());
    Some(argo::AnalysisMetric {
        name: name.to_string(),
        interval: go(&metric.interval),
        initial_delay: go(&metric.initial_delay),
        count: number(&metric.count),
        failure_limit: number(&metric.failure_limit),
        inconclusive_limit: number(&metric.inconclusive_limit),
        consecutive_error_limit: number(&metric.consecutive_error_limit),
        success_condition: text(&metric.success_condition),
        failure_condition: text(&metric.failure_condition),
        provider,
    })
}

fn without_nulls(mut settings: Json) -> Json {
    if let Some(map) = settings.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    settings
}

/// The rules of Argo's ValidateMetric.
fn check_counts(metric: &AnalysisMetric, report: &mut Report) {
    if let Some(interval) = metric.interval.as_ref().filter(|interval| interval.is_zero()) {
        report.error(interval.place, "an interval is above 0");
    }
    let Some(count) = &metric.count else { return };
    match (**count, &metric.interval) {
        (0, _) => report.error(count.place, "at least one measurement"),
        (2.., None) => {
            report.add(
                Diagnostic::missing("several measurements need an `interval`").at(count.place),
            );
        }
        _ => {}
    }
    let limits = [
        ("failureLimit", &metric.failure_limit),
        ("inconclusiveLimit", &metric.inconclusive_limit),
    ];
    for (key, limit) in limits {
        if let Some(limit) = limit.as_ref().filter(|limit| ***limit > **count) {
            report.add(
                Diagnostic::new(format!("`{key}` is above `count`"))
                    .at(limit.place)
                    .related(count.place, "there are so many measurements"),
            );
        }
    }
}

/// Notes the arguments that a text names. Argo gives up on any other name
/// between double braces.
fn arguments_in(
    text: &str,
    place: Place,
    declared: &Named<ArgumentName, AnalysisArgument>,
    used: &mut HashSet<String>,
    report: &mut Report,
) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else {
            return report.error(place, "`{{` is never closed with `}}`");
        };
        rest = behind;
        match name.trim().strip_prefix("args.") {
            Some(argument) if declared.contains_key(argument) => {
                used.insert(argument.to_owned());
            }
            Some(argument) => {
                let known = declared.keys().map(ArgumentName::as_str);
                let message = format!("there is no `{argument}` under `args`");
                report.add(Unknown::new(message, argument, known).at(place));
            }
            None => report.error(place, "only `{{args.NAME}}` stands between double braces"),
        }
    }
}

/// All texts of a part that Argo defines.
fn texts(value: &Json, found: &mut dyn FnMut(&str)) {
    match value {
        Json::String(text) => found(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Json::Object(map) => map.values().for_each(|item| texts(item, found)),
        _ => {}
    }
}

/// Analyses beside the steps: they end with the last step, if not before.
pub fn background_analysis(
    context: &Context<'_>,
    workload: &Workload,
    background: &At<BackgroundAnalysis>,
    steps: usize,
    report: &mut Report,
) -> argo::RolloutAnalysis {
    if let Some(start) = &background.starting_step
        && usize::try_from(**start).is_ok_and(|start| start >= steps)
    {
        let message = format!("there are {steps} steps, numbered from 0");
        report.error(start.place, message);
    }
    argo::RolloutAnalysis {
        starting_step: background.starting_step.as_ref().map(|start| count(**start)),
        ..asked(context, workload, &background.analysis, background.place, report)
    }
}

/// Analyses that something waits for: each must come to its end.
pub fn analysis_use(
    context: &Context<'_>,
    workload: &Workload,
    used: &At<AnalysisUse>,
    report: &mut Report,
) -> argo::RolloutAnalysis {
    for name in &used.templates.0 {
        let Some(analysis) = context.index.system.analysis.get(&name.value) else { continue };
        let endless = analysis.metrics.iter().find_map(|(metric, settings)| {
            settings.count.is_none().then_some((metric, place(&settings.interval)?))
        });
        if let Some((metric, interval)) = endless {
            report.add(
                Diagnostic::new(format!("the measure `{metric}` of `{}` never ends", name.value))
                    .at(name.place)
                    .related(interval, "with an `interval` it needs a `count`"),
            );
        }
    }
    asked(context, workload, used, used.place, report)
}

fn asked(
    context: &Context<'_>,
    workload: &Workload,
    used: &AnalysisUse,
    place: Place,
    report: &mut Report,
) -> argo::RolloutAnalysis {
    let home = context.index.home(&workload.namespace);
    let all = &context.index.system.analysis;
    let mut found: Vec<(&At<DnsName>, &Item<Analysis>)> = Vec::new();
    for name in &used.templates.0 {
        let Some(analysis) = all.get(&name.value) else {
            let known = all.keys().map(DnsName::as_str);
            let message = format!("there is no `{}` under `analysis`", name.value);
            report.add(Unknown::new(message, name.as_str(), known).at(name.place));
            continue;
        };
        let own = context.index.home(&analysis.namespace);
        if own != home {
            report.add(
                lives_elsewhere(name, own, "this Rollout", home)
                    .at(name.place)
                    .related(analysis.key, "it is made there"),
            );
        }
        check_same_measures(&found, name, analysis, report);
        found.push((name, analysis));
    }
    let complete = found.len() == used.templates.0.len();
    for (name, argument) in &used.args {
        if complete && !found.iter().any(|(_, analysis)| analysis.args.contains_key(name)) {
            let known = found.iter().flat_map(|(_, analysis)| analysis.args.keys());
            let known = known.map(ArgumentName::as_str);
            let message = format!("the analysis has no argument `{name}`");
            report.add(Unknown::new(message, name.as_str(), known).at(argument.key));
        }
    }
    for (template, analysis) in &found {
        let missing = analysis.args.iter().find(|(name, argument)| {
            argument.value.value.is_none()
                && argument.secret.is_none()
                && !used.args.contains_key(*name)
        });
        if let Some((name, declared)) = missing {
            report.add(
                Diagnostic::missing(format!("`{}` must be told its `{name}`", template.value))
                    .at(place)
                    .related(declared.key, "it has no value of its own")
                    .help(format!("`{{templates: {}, args: {{{name}: …}}}}`", template.value)),
            );
        }
    }
    let templates = used.templates.0.iter();
    let args = used.args.iter().map(|(name, argument)| run_argument(name, argument, report));
    argo::RolloutAnalysis {
        starting_step: None,
        args: some_list(args.collect()),
        templates: templates
            .map(|name| argo::AnalysisTemplateRef { template_name: name.to_string() })
            .collect(),
    }
}

/// Argo lays the templates of one analysis together: their measures must have
/// names of their own.
fn check_same_measures(
    before: &[(&At<DnsName>, &Item<Analysis>)],
    name: &At<DnsName>,
    analysis: &Analysis,
    report: &mut Report,
) {
    for (other, earlier) in before {
        if let Some((metric, _)) =
            analysis.metrics.iter().find(|(metric, _)| earlier.metrics.contains_key(*metric))
        {
            let message = match other.value == name.value {
                true => format!("`{}` stands here twice", name.value),
                false => format!("`{}` has a measure `{metric}` too", other.value),
            };
            report
                .add(Diagnostic::new(message).at(name.place).related(other.place, "the other one"));
        }
    }
}

fn run_argument(
    name: &ArgumentName,
    argument: &Argument,
    report: &mut Report,
) -> argo::AnalysisRunArgument {
    if let Some(field) = argument.field.as_ref().filter(|field| !field.is_metadata()) {
        report.error(field.place, "only fields of the Rollout's `metadata` can be asked for");
    }
    let from = argo::ArgumentValueFrom {
        pod_template_hash_value: argument
            .pod_template_hash
            .as_ref()
            .map(|version| version.as_str().to_owned()),
        field_ref: argument
            .field
            .as_ref()
            .map(|field| argo::FieldRef { field_path: field.value.as_str().to_owned() }),
        secret_key_ref: None,
    };
    argo::AnalysisRunArgument {
        name: name.to_string(),
        value: argument.value.as_ref().map(|value| value.value.clone()),
        value_from: (from != argo::ArgumentValueFrom::default()).then_some(from),
    }
}
