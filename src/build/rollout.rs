//! How new pods replace old ones, for each kind of workload.

use k8s_openapi::api::apps::v1 as apps;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::decode::{At, place};
use crate::profile::workload::{Strategy, StrategyType};
use crate::scalar::IntOrPercent;

use super::context::{Context, count};
use super::scaling::int_or_string;

/// A strategy with what is wrong in it for a kind already said.
struct Rollout {
    kind: StrategyType,
    max_surge: Option<IntOrString>,
    max_unavailable: Option<IntOrString>,
}

fn rollout(
    strategy: &Strategy,
    allowed: [StrategyType; 2],
    has_surge: bool,
    has_partition: bool,
    report: &mut Report,
) -> Rollout {
    let kind =
        strategy.strategy_type.as_ref().map_or(StrategyType::RollingUpdate, |kind| kind.value);
    if let Some(written) = strategy.strategy_type.as_ref().filter(|_| !allowed.contains(&kind)) {
        let [first, second] = allowed.map(StrategyType::as_str);
        report.error(written.place, format!("this kind of workload has `{first}` and `{second}`"));
    }
    let rolling = kind == StrategyType::RollingUpdate;
    let fields = [
        ("maxSurge", place(&strategy.max_surge), has_surge),
        ("maxUnavailable", place(&strategy.max_unavailable), true),
        ("partition", place(&strategy.partition), has_partition),
    ];
    for (key, at, known) in fields {
        match at {
            Some(at) if !known => {
                report.error(at, format!("this kind of workload has no `{key}`"));
            }
            Some(at) if !rolling => {
                report.error(at, format!("`{key}` belongs to the type RollingUpdate"));
            }
            _ => {}
        }
    }
    Rollout {
        kind,
        max_surge: strategy.max_surge.as_ref().map(|surge| int_or_string(surge)),
        max_unavailable: strategy.max_unavailable.as_ref().map(|bound| int_or_string(bound)),
    }
}

pub fn is_zero(bound: &IntOrPercent) -> bool {
    matches!(bound, IntOrPercent::Int(0) | IntOrPercent::Percent(0))
}

pub fn deployment_strategy(
    strategy: &At<Strategy>,
    report: &mut Report,
) -> apps::DeploymentStrategy {
    use StrategyType::{Recreate, RollingUpdate};
    let rollout = rollout(strategy, [RollingUpdate, Recreate], true, false, report);
    if let (Some(surge), Some(unavailable)) = (&strategy.max_surge, &strategy.max_unavailable)
        && is_zero(surge)
        && is_zero(unavailable)
    {
        report.add(
            Diagnostic::new("with both bounds at 0 no pod can be replaced")
                .at(unavailable.place)
                .related(surge.place, "the other bound"),
        );
    }
    let has_bounds = rollout.max_surge.is_some() || rollout.max_unavailable.is_some();
    apps::DeploymentStrategy {
        type_: Some(rollout.kind.as_str().to_owned()),
        rolling_update: has_bounds.then_some(apps::RollingUpdateDeployment {
            max_surge: rollout.max_surge,
            max_unavailable: rollout.max_unavailable,
        }),
    }
}

pub fn stateful_strategy(
    context: &Context<'_>,
    strategy: &At<Strategy>,
    report: &mut Report,
) -> apps::StatefulSetUpdateStrategy {
    use StrategyType::{OnDelete, RollingUpdate};
    let rollout = rollout(strategy, [RollingUpdate, OnDelete], false, true, report);
    if let Some(unavailable) = &strategy.max_unavailable {
        context.since(35, "`maxUnavailable` of a StatefulSet", unavailable.place, report);
        if is_zero(unavailable) {
            report.error(unavailable.place, "at least one pod must be replaceable");
        }
    }
    let partition = strategy.partition.as_ref().map(|partition| count(**partition));
    let has_bounds = partition.is_some() || rollout.max_unavailable.is_some();
    apps::StatefulSetUpdateStrategy {
        type_: Some(rollout.kind.as_str().to_owned()),
        rolling_update: has_bounds.then_some(apps::RollingUpdateStatefulSetStrategy {
            max_unavailable: rollout.max_unavailable,
            partition,
        }),
    }
}

pub fn daemon_strategy(
    strategy: &At<Strategy>,
    report: &mut Report,
) -> apps::DaemonSetUpdateStrategy {
    use StrategyType::{OnDelete, RollingUpdate};
    let rollout = rollout(strategy, [RollingUpdate, OnDelete], true, false, report);
    if let Some(surge) = &strategy.max_surge
        && matches!(*surge.value, IntOrPercent::Percent(share) if share > 100)
    {
        report.error(surge.place, "on each node there is at most one more pod: up to 100%");
    }
    // ValidateRollingUpdateDaemonSet: exactly one of the two is above 0.
    let surges = strategy.max_surge.as_ref().is_some_and(|surge| !is_zero(surge));
    let max_unavailable = match (&strategy.max_unavailable, surges) {
        // Kubernetes' own default of 1 would contradict the surge.
        (None, true) => Some(IntOrString::Int(0)),
        (Some(unavailable), _) if is_zero(unavailable) != surges => {
            report.error(
                unavailable.place,
                "of `maxSurge` and `maxUnavailable` exactly one is above 0",
            );
            None
        }
        _ => rollout.max_unavailable,
    };
    let has_bounds = rollout.max_surge.is_some() || max_unavailable.is_some();
    apps::DaemonSetUpdateStrategy {
        type_: Some(rollout.kind.as_str().to_owned()),
        rolling_update: has_bounds.then_some(apps::RollingUpdateDaemonSet {
            max_surge: rollout.max_surge,
            max_unavailable,
        }),
    }
}
