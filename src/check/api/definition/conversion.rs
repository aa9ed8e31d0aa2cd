//! How objects of one version become objects of another.

use std::collections::HashSet;

use crate::check::api::admission::client;
use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::ServiceName;

/// `validateCustomResourceConversion`. A server names the fields as v1beta1 had them.
pub fn validate(conversion: At<'_>) {
    if !conversion.is_set() {
        return;
    }
    let strategy = conversion.field("strategy");
    // `None` is filled in only where no conversion stands at all.
    if strategy.required() {
        strategy.must_be_one_of(&["None", "Webhook"]);
    }
    let webhook = conversion.field("webhook");
    let config = webhook.field("clientConfig").named(conversion.field("webhookClientConfig"));
    let versions = webhook
        .field("conversionReviewVersions")
        .named(conversion.field("conversionReviewVersions"));
    if strategy.text() != Some("Webhook") {
        let given = [config.is_set(), !versions.is_empty()];
        for (at, _) in [config, versions].into_iter().zip(given).filter(|(_, given)| *given) {
            at.fault_with("a webhook converts nothing here", "write `strategy: Webhook`");
        }
        return;
    }
    if !config.is_set() {
        config.fault("`strategy: Webhook` needs a `clientConfig`");
    } else {
        let (url, service) = (config.field("url"), config.field("service"));
        match (url.is_set(), service.is_set()) {
            (true, false) => client::validate_url(url),
            (false, true) => client::validate_service(service),
            _ => config.fault("it has one of `url` and `service`"),
        }
    }
    review_versions(versions);
}

fn review_versions(versions: At<'_>) {
    if !versions.required() {
        return;
    }
    let mut seen = HashSet::new();
    for version in versions.items() {
        let text = version.text_or_empty();
        version.must_be_text::<ServiceName>(text);
        if !seen.insert(text) {
            version.fault(format!("{} is there twice", shown(text)));
        }
    }
    if !["v1", "v1beta1"].iter().any(|known| seen.contains(known)) {
        versions.fault_with("a server speaks `v1` and `v1beta1`", "list one of them at least");
    }
}
