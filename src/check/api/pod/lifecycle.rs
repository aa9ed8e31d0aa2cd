//! What a container does after it starts and before it ends.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{Surroundings, handler};

pub static RULE: Rule = Rule {
    name: "api/lifecycle",
    weight: Weight::ERROR,
    summary: "a hook of a container that a server refuses",
    page: "`postStart` and `preStop` each do one thing: `exec` a command, call a port with `httpGet`, or `sleep`. A sleep cannot last longer than the pod has to end.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 10
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      lifecycle: {preStop: {sleep: {seconds: 15}}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 30
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      lifecycle: {preStop: {sleep: {seconds: 15}}}
",
    look: Look::Validation,
};

/// `validateLifecycle`.
pub fn validate<'a>(surroundings: &Surroundings<'a>, lifecycle: At<'a>) {
    for hook in ["postStart", "preStop"].map(|name| lifecycle.under(&RULE).field(name)) {
        if hook.is_set() {
            handler::validate(surroundings, hook, &["exec", "httpGet", "tcpSocket", "sleep"]);
        }
    }
}
