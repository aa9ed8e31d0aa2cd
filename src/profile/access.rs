//! Accounts that no workload brings along, and who may do what in the cluster.

use crate::diagnostic::Report;
use crate::scalar::{DnsLabel, DnsName, Scalar, kept_text};
use crate::tree::{Content, Node};

use super::decode::{At, Decode, wrong_type};
use super::identity::Identity;
use super::shape::{Shape, record, scalars};
use super::system::{Annotations, Labels};

record! {
    /// An account that no workload brings along: a pipeline's, or one that several workloads share.
    "account" pub struct Account {
        /// The namespace it lives in.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "jobs";
        /// Whether it is made elsewhere.
        existing "existing": bool = "false";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
        /// Who it is to a cloud.
        identity "identity": Option<At<Identity>>;
    }
}

record! {
    /// A role, and who has it. It is a Role with a RoleBinding, in each namespace that it names; with `cluster` a ClusterRole with a ClusterRoleBinding, or with RoleBindings in the namespaces that it names.
    "role" pub struct Role {
        /// What it allows.
        rules "rules": Option<At<Vec<At<Rule>>>>;
        /// Whether it allows what it takes to deploy this very system in this environment: to change the kinds of objects that its namespace has here, and to watch their rollout. A `cluster` role allows to change those objects that live in no namespace. It reads Roles and their bindings and never changes them: an administrator applies them first.
        deploys "deploys": Option<At<bool>>, eg "true";
        /// A ClusterRole that is there already, to have instead of rules.
        cluster_role "clusterRole": Option<At<RbacName>>, eg "view";
        /// Whether it is a ClusterRole.
        cluster "cluster": Option<At<bool>>, else "false", eg "true";
        /// Where it holds, one namespace or several.
        namespace "namespace": Option<Namespaces>, else "the system's own; with `cluster`, everywhere", eg "jobs"|"[shop, jobs]";
        /// Who has it: accounts of this system, and others.
        to "to": Vec<At<Subject>>, eg "[web, {group: developers}]";
        /// Labels of its objects.
        labels "labels": Labels;
        /// Annotations of its objects.
        annotations "annotations": Annotations;
    }
    one_of ["rules", "clusterRole"];
    one_of ["deploys", "clusterRole"];
    hint "subjects" => "did you mean `to`?";
    hint "roleRef" => "a ClusterRole that is there already is `clusterRole: NAME`";
    hint "namespaces" => "did you mean `namespace`? It takes several";
}

record! {
    /// What a role allows: verbs on resources, or on addresses of the API server.
    "rule" pub struct Rule {
        /// Resources. Kubernetes' own go by their name, others with their API group.
        resources "resources": Vec<At<ResourceRef>>, eg "[pods, pods/log, apps/statefulsets]";
        /// The names of the only objects that it is for; all of them where nothing is said.
        names "names": Vec<At<ObjectName>>, eg "[web-config]";
        /// Addresses of the API server that are no resources. In a `cluster` role.
        urls "nonResourceURLs": Vec<At<UrlPath>>, eg "[/healthz, /metrics/*]";
        /// What it allows to do.
        verbs "verbs": Vec<At<Verb>>, eg "[get, list, watch]";
    }
    hint "apiGroups" => "an API group stands before its resource: `apps/statefulsets`";
    hint "resourceNames" => "did you mean `names`?";
    hint "urls" => "did you mean `nonResourceURLs`?";
}

record! {
    /// Who has a role.
    "subject" pub struct Subject {
        /// A ServiceAccount: of `accounts` or of a workload, or one elsewhere with its `namespace`.
        account "account": Option<At<DnsName>>, eg "web";
        /// The namespace of the account.
        namespace "namespace": Option<At<DnsLabel>>, else "where this system has it", eg "argocd";
        /// A user, as the cluster knows them.
        user "user": Option<At<SubjectName>>, eg "jane@example.com";
        /// A group of users.
        group "group": Option<At<SubjectName>>, eg "developers";
    }
    short "account";
    one_of ["account", "user", "group"];
    companions ["namespace"];
    needs_one "a name";
}

/// One namespace or several.
#[derive(Clone, Debug)]
pub struct Namespaces(pub Vec<At<DnsLabel>>);

impl Decode for Namespaces {
    fn shape() -> Shape {
        Shape::OneOf(&[DnsLabel::shape, Vec::<DnsLabel>::shape])
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Namespaces> {
        match &node.content {
            Content::List(items) if items.is_empty() => {
                report.error(node.place, "at least one namespace");
                None
            }
            Content::List(_) => Vec::decode(node, report).map(Namespaces),
            Content::Scalar(_) => At::decode(node, report).map(|one| Namespaces(vec![one])),
            _ => {
                report.add(wrong_type(node, "a namespace, or a list of them"));
                None
            }
        }
    }
}

kept_text! {
    /// The name of a role or of a binding.
    RbacName
}

kept_text! {
    /// The name of an object of any kind.
    ObjectName
}

kept_text! {
    /// What rules call objects of a kind: `apps/deployments/scale`.
    ResourceRef
}

kept_text! {
    /// What may be done.
    Verb
}

kept_text! {
    /// An address of the API server.
    UrlPath
}

kept_text! {
    /// The name of a user or a group.
    SubjectName
}

/// IsValidPathSegmentName.
fn path_segment(text: &str) -> Result<(), String> {
    match text {
        "" => Err("is empty".to_owned()),
        "." | ".." => Err("names a directory".to_owned()),
        _ if text.contains(['/', '%']) => Err("has `/` or `%`".to_owned()),
        _ if text.len() > 253 => Err("the limit is 253 characters".to_owned()),
        _ if text.chars().any(|c| c.is_control() || c.is_whitespace()) => {
            Err("has a blank".to_owned())
        }
        _ => Ok(()),
    }
}

impl Scalar for RbacName {
    const NAME: &'static str = "role name";
    const DOC: &'static str = "The name of a role: anything without blanks, `/` and `%`.";
    const EXAMPLES: &'static [&'static str] = &["ci-deployer", "shop:readers"];
    const PATTERN: &'static str = "^[^\\s/%]+$";

    fn parse(text: &str) -> Result<RbacName, String> {
        path_segment(text)?;
        Ok(RbacName(text.into()))
    }
}

impl Scalar for ObjectName {
    const NAME: &'static str = "object name";
    const DOC: &'static str = "The name of an object of any kind.";
    const EXAMPLES: &'static [&'static str] = &["web-config"];
    const PATTERN: &'static str = "^[^\\s/%]+$";

    fn parse(text: &str) -> Result<ObjectName, String> {
        path_segment(text)?;
        if text.contains('*') {
            return Err("is taken as it stands: `*` has no meaning in it".to_owned());
        }
        Ok(ObjectName(text.into()))
    }
}

impl Scalar for ResourceRef {
    const NAME: &'static str = "resource of the API";
    const DOC: &'static str = "What the API calls objects of a kind: `RESOURCE`, `GROUP/RESOURCE`, each with `/SUBRESOURCE` where one is meant. The group of Kubernetes' own resources may be left out.";
    const EXAMPLES: &'static [&'static str] =
        &["pods", "pods/log", "apps/statefulsets", "argoproj.io/rollouts"];
    const PATTERN: &'static str = "^[a-z0-9.*-]+(/[a-z0-9.*-]+){0,2}$";

    fn parse(text: &str) -> Result<ResourceRef, String> {
        let allowed =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '*');
        let parts: Vec<&str> = text.split('/').collect();
        if parts.len() > 3 || parts.iter().any(|part| part.is_empty()) {
            return Err("expected `RESOURCE` or `GROUP/RESOURCE`".to_owned());
        }
        if text.chars().any(|c| c.is_ascii_uppercase()) {
            return Err("resources are in lower case, and in the plural: `pods`".to_owned());
        }
        if !parts.iter().all(|part| part.chars().all(allowed)) {
            return Err("a resource has lower-case letters, digits and `-`".to_owned());
        }
        if parts.iter().any(|part| part.contains('*') && *part != "*") {
            return Err("`*` stands alone, for all of them".to_owned());
        }
        Ok(ResourceRef(text.into()))
    }
}

impl Scalar for Verb {
    const NAME: &'static str = "verb";
    const DOC: &'static str = "`get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, the special verbs of some resources, or `*` for all.";
    const EXAMPLES: &'static [&'static str] = &["get", "list", "watch"];
    const PATTERN: &'static str = "^([a-z]+|\\*)$";

    fn parse(text: &str) -> Result<Verb, String> {
        if text != "*" && (text.is_empty() || !text.bytes().all(|b| b.is_ascii_lowercase())) {
            return Err("a verb has lower-case letters".to_owned());
        }
        Ok(Verb(text.into()))
    }
}

impl Scalar for UrlPath {
    const NAME: &'static str = "API address";
    const DOC: &'static str =
        "A path of the API server; a `*` at its end stands for all that goes on from there.";
    const EXAMPLES: &'static [&'static str] = &["/healthz", "/metrics/*"];
    const PATTERN: &'static str = "^(/\\S*|\\*)$";

    fn parse(text: &str) -> Result<UrlPath, String> {
        if text != "*" && !text.starts_with('/') {
            return Err("does not start with `/`".to_owned());
        }
        if text.strip_suffix('*').unwrap_or(text).contains('*') {
            return Err("`*` stands at the end".to_owned());
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("has a blank".to_owned());
        }
        Ok(UrlPath(text.into()))
    }
}

impl Scalar for SubjectName {
    const NAME: &'static str = "name of a user or group";
    const DOC: &'static str = "A user or a group, as those name it who say who somebody is.";
    const EXAMPLES: &'static [&'static str] = &["jane@example.com", "oidc:developers"];
    const PATTERN: &'static str = "^\\S(.*\\S)?$";

    fn parse(text: &str) -> Result<SubjectName, String> {
        match text {
            "" => Err("is empty".to_owned()),
            _ if text.trim() != text => Err("begins or ends with a blank".to_owned()),
            _ if text.chars().any(char::is_control) => Err("has a control character".to_owned()),
            _ => Ok(SubjectName(text.into())),
        }
    }
}

scalars!(RbacName, ObjectName, ResourceRef, Verb, UrlPath, SubjectName);
