//! The types of Kubernetes' objects. `UPDATE_SNAPSHOTS=1 cargo test types` makes
//! this from `k8s-openapi`.

use super::Shape::{self, *};
use super::{Field, Type};

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

/// The type of a kind.
pub fn of(api_version: &str, kind: &str) -> Option<&'static Type> {
    Some(match (api_version, kind) {
        ("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy") => &ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY,
        ("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding") => &ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY_BINDING,
        ("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration") => &ADMISSIONREGISTRATION_V1_MUTATING_WEBHOOK_CONFIGURATION,
        ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy") => &ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY,
        ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding") => &ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_BINDING,
        ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration") => &ADMISSIONREGISTRATION_V1_VALIDATING_WEBHOOK_CONFIGURATION,
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition") => &APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION,
        ("apiregistration.k8s.io/v1", "APIService") => &APIREGISTRATION_V1_API_SERVICE,
        ("apps/v1", "ControllerRevision") => &APPS_V1_CONTROLLER_REVISION,
        ("apps/v1", "DaemonSet") => &APPS_V1_DAEMON_SET,
        ("apps/v1", "Deployment") => &APPS_V1_DEPLOYMENT,
        ("apps/v1", "ReplicaSet") => &APPS_V1_REPLICA_SET,
        ("apps/v1", "StatefulSet") => &APPS_V1_STATEFUL_SET,
        ("authentication.k8s.io/v1", "SelfSubjectReview") => &AUTHENTICATION_V1_SELF_SUBJECT_REVIEW,
        ("authentication.k8s.io/v1", "TokenReview") => &AUTHENTICATION_V1_TOKEN_REVIEW,
        ("authorization.k8s.io/v1", "LocalSubjectAccessReview") => &AUTHORIZATION_V1_LOCAL_SUBJECT_ACCESS_REVIEW,
        ("authorization.k8s.io/v1", "SelfSubjectAccessReview") => &AUTHORIZATION_V1_SELF_SUBJECT_ACCESS_REVIEW,
        ("authorization.k8s.io/v1", "SelfSubjectRulesReview") => &AUTHORIZATION_V1_SELF_SUBJECT_RULES_REVIEW,
        ("authorization.k8s.io/v1", "SubjectAccessReview") => &AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW,
        ("autoscaling/v1", "HorizontalPodAutoscaler") => &AUTOSCALING_V1_HORIZONTAL_POD_AUTOSCALER,
        ("autoscaling/v2", "HorizontalPodAutoscaler") => &AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER,
        ("batch/v1", "CronJob") => &BATCH_V1_CRON_JOB,
        ("batch/v1", "Job") => &BATCH_V1_JOB,
        ("certificates.k8s.io/v1", "CertificateSigningRequest") => &CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST,
        ("certificates.k8s.io/v1beta1", "ClusterTrustBundle") => &CERTIFICATES_V1BETA1_CLUSTER_TRUST_BUNDLE,
        ("certificates.k8s.io/v1beta1", "PodCertificateRequest") => &CERTIFICATES_V1BETA1_POD_CERTIFICATE_REQUEST,
        ("coordination.k8s.io/v1", "Lease") => &COORDINATION_V1_LEASE,
        ("coordination.k8s.io/v1beta1", "LeaseCandidate") => &COORDINATION_V1BETA1_LEASE_CANDIDATE,
        ("discovery.k8s.io/v1", "EndpointSlice") => &DISCOVERY_V1_ENDPOINT_SLICE,
        ("events.k8s.io/v1", "Event") => &EVENTS_V1_EVENT,
        ("flowcontrol.apiserver.k8s.io/v1", "FlowSchema") => &FLOWCONTROL_V1_FLOW_SCHEMA,
        ("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration") => &FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION,
        ("networking.k8s.io/v1", "IPAddress") => &NETWORKING_V1_IP_ADDRESS,
        ("networking.k8s.io/v1", "Ingress") => &NETWORKING_V1_INGRESS,
        ("networking.k8s.io/v1", "IngressClass") => &NETWORKING_V1_INGRESS_CLASS,
        ("networking.k8s.io/v1", "NetworkPolicy") => &NETWORKING_V1_NETWORK_POLICY,
        ("networking.k8s.io/v1", "ServiceCIDR") => &NETWORKING_V1_SERVICE_CIDR,
        ("node.k8s.io/v1", "RuntimeClass") => &NODE_V1_RUNTIME_CLASS,
        ("policy/v1", "PodDisruptionBudget") => &POLICY_V1_POD_DISRUPTION_BUDGET,
        ("rbac.authorization.k8s.io/v1", "ClusterRole") => &RBAC_V1_CLUSTER_ROLE,
        ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding") => &RBAC_V1_CLUSTER_ROLE_BINDING,
        ("rbac.authorization.k8s.io/v1", "Role") => &RBAC_V1_ROLE,
        ("rbac.authorization.k8s.io/v1", "RoleBinding") => &RBAC_V1_ROLE_BINDING,
        ("resource.k8s.io/v1", "DeviceClass") => &RESOURCE_V1_DEVICE_CLASS,
        ("resource.k8s.io/v1", "ResourceClaim") => &RESOURCE_V1_RESOURCE_CLAIM,
        ("resource.k8s.io/v1", "ResourceClaimTemplate") => &RESOURCE_V1_RESOURCE_CLAIM_TEMPLATE,
        ("resource.k8s.io/v1", "ResourceSlice") => &RESOURCE_V1_RESOURCE_SLICE,
        ("resource.k8s.io/v1beta2", "DeviceTaintRule") => &RESOURCE_V1BETA2_DEVICE_TAINT_RULE,
        ("scheduling.k8s.io/v1", "PriorityClass") => &SCHEDULING_V1_PRIORITY_CLASS,
        ("storage.k8s.io/v1", "CSIDriver") => &STORAGE_V1_CSI_DRIVER,
        ("storage.k8s.io/v1", "CSINode") => &STORAGE_V1_CSI_NODE,
        ("storage.k8s.io/v1", "CSIStorageCapacity") => &STORAGE_V1_CSI_STORAGE_CAPACITY,
        ("storage.k8s.io/v1", "StorageClass") => &STORAGE_V1_STORAGE_CLASS,
        ("storage.k8s.io/v1", "VolumeAttachment") => &STORAGE_V1_VOLUME_ATTACHMENT,
        ("storage.k8s.io/v1", "VolumeAttributesClass") => &STORAGE_V1_VOLUME_ATTRIBUTES_CLASS,
        ("storagemigration.k8s.io/v1beta1", "StorageVersionMigration") => &STORAGEMIGRATION_V1BETA1_STORAGE_VERSION_MIGRATION,
        ("v1", "Binding") => &CORE_V1_BINDING,
        ("v1", "ConfigMap") => &CORE_V1_CONFIG_MAP,
        ("v1", "Endpoints") => &CORE_V1_ENDPOINTS,
        ("v1", "Event") => &CORE_V1_EVENT,
        ("v1", "LimitRange") => &CORE_V1_LIMIT_RANGE,
        ("v1", "Namespace") => &CORE_V1_NAMESPACE,
        ("v1", "Node") => &CORE_V1_NODE,
        ("v1", "PersistentVolume") => &CORE_V1_PERSISTENT_VOLUME,
        ("v1", "PersistentVolumeClaim") => &CORE_V1_PERSISTENT_VOLUME_CLAIM,
        ("v1", "Pod") => &CORE_V1_POD,
        ("v1", "PodTemplate") => &CORE_V1_POD_TEMPLATE,
        ("v1", "ReplicationController") => &CORE_V1_REPLICATION_CONTROLLER,
        ("v1", "ResourceQuota") => &CORE_V1_RESOURCE_QUOTA,
        ("v1", "Secret") => &CORE_V1_SECRET,
        ("v1", "Service") => &CORE_V1_SERVICE,
        ("v1", "ServiceAccount") => &CORE_V1_SERVICE_ACCOUNT,
        _ => return None,
    })
}

static ADMISSIONREGISTRATION_V1_APPLY_CONFIGURATION: Type = Type { name: "ApplyConfiguration", fields: &[
    may("expression", Text),
] };

static ADMISSIONREGISTRATION_V1_AUDIT_ANNOTATION: Type = Type { name: "AuditAnnotation", fields: &[
    must("key", Text),
    must("valueExpression", Text),
] };

static ADMISSIONREGISTRATION_V1_EXPRESSION_WARNING: Type = Type { name: "ExpressionWarning", fields: &[
    must("fieldRef", Text),
    must("warning", Text),
] };

static ADMISSIONREGISTRATION_V1_JSON_PATCH: Type = Type { name: "JSONPatch", fields: &[
    may("expression", Text),
] };

static ADMISSIONREGISTRATION_V1_MATCH_CONDITION: Type = Type { name: "MatchCondition", fields: &[
    must("expression", Text),
    must("name", Text),
] };

static ADMISSIONREGISTRATION_V1_MATCH_RESOURCES: Type = Type { name: "MatchResources", fields: &[
    may("excludeResourceRules", List(&Part(&ADMISSIONREGISTRATION_V1_NAMED_RULE_WITH_OPERATIONS))),
    may("matchPolicy", Text),
    may("namespaceSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("objectSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("resourceRules", List(&Part(&ADMISSIONREGISTRATION_V1_NAMED_RULE_WITH_OPERATIONS))),
] };

static ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY: Type = Type { name: "MutatingAdmissionPolicy", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY_SPEC)),
] };

static ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY_BINDING: Type = Type { name: "MutatingAdmissionPolicyBinding", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY_BINDING_SPEC)),
] };

static ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY_BINDING_SPEC: Type = Type { name: "MutatingAdmissionPolicyBindingSpec", fields: &[
    may("matchResources", Part(&ADMISSIONREGISTRATION_V1_MATCH_RESOURCES)),
    may("paramRef", Part(&ADMISSIONREGISTRATION_V1_PARAM_REF)),
    may("policyName", Text),
] };

static ADMISSIONREGISTRATION_V1_MUTATING_ADMISSION_POLICY_SPEC: Type = Type { name: "MutatingAdmissionPolicySpec", fields: &[
    may("failurePolicy", Text),
    may("matchConditions", List(&Part(&ADMISSIONREGISTRATION_V1_MATCH_CONDITION))),
    may("matchConstraints", Part(&ADMISSIONREGISTRATION_V1_MATCH_RESOURCES)),
    may("mutations", List(&Part(&ADMISSIONREGISTRATION_V1_MUTATION))),
    may("paramKind", Part(&ADMISSIONREGISTRATION_V1_PARAM_KIND)),
    may("reinvocationPolicy", Text),
    may("variables", List(&Part(&ADMISSIONREGISTRATION_V1_VARIABLE))),
] };

static ADMISSIONREGISTRATION_V1_MUTATING_WEBHOOK: Type = Type { name: "MutatingWebhook", fields: &[
    must("admissionReviewVersions", List(&Text)),
    must("clientConfig", Part(&ADMISSIONREGISTRATION_V1_WEBHOOK_CLIENT_CONFIG)),
    may("failurePolicy", Text),
    may("matchConditions", List(&Part(&ADMISSIONREGISTRATION_V1_MATCH_CONDITION))),
    may("matchPolicy", Text),
    must("name", Text),
    may("namespaceSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("objectSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("reinvocationPolicy", Text),
    may("rules", List(&Part(&ADMISSIONREGISTRATION_V1_RULE_WITH_OPERATIONS))),
    must("sideEffects", Text),
    may("timeoutSeconds", Int32),
] };

static ADMISSIONREGISTRATION_V1_MUTATING_WEBHOOK_CONFIGURATION: Type = Type { name: "MutatingWebhookConfiguration", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("webhooks", List(&Part(&ADMISSIONREGISTRATION_V1_MUTATING_WEBHOOK))),
] };

static ADMISSIONREGISTRATION_V1_MUTATION: Type = Type { name: "Mutation", fields: &[
    may("applyConfiguration", Part(&ADMISSIONREGISTRATION_V1_APPLY_CONFIGURATION)),
    may("jsonPatch", Part(&ADMISSIONREGISTRATION_V1_JSON_PATCH)),
    must("patchType", Text),
] };

static ADMISSIONREGISTRATION_V1_NAMED_RULE_WITH_OPERATIONS: Type = Type { name: "NamedRuleWithOperations", fields: &[
    may("apiGroups", List(&Text)),
    may("apiVersions", List(&Text)),
    may("operations", List(&Text)),
    may("resourceNames", List(&Text)),
    may("resources", List(&Text)),
    may("scope", Text),
] };

static ADMISSIONREGISTRATION_V1_PARAM_KIND: Type = Type { name: "ParamKind", fields: &[
    may("apiVersion", Text),
    may("kind", Text),
] };

static ADMISSIONREGISTRATION_V1_PARAM_REF: Type = Type { name: "ParamRef", fields: &[
    may("name", Text),
    may("namespace", Text),
    may("parameterNotFoundAction", Text),
    may("selector", Part(&META_V1_LABEL_SELECTOR)),
] };

static ADMISSIONREGISTRATION_V1_RULE_WITH_OPERATIONS: Type = Type { name: "RuleWithOperations", fields: &[
    may("apiGroups", List(&Text)),
    may("apiVersions", List(&Text)),
    may("operations", List(&Text)),
    may("resources", List(&Text)),
    may("scope", Text),
] };

static ADMISSIONREGISTRATION_V1_SERVICE_REFERENCE: Type = Type { name: "ServiceReference", fields: &[
    must("name", Text),
    must("namespace", Text),
    may("path", Text),
    may("port", Int32),
] };

static ADMISSIONREGISTRATION_V1_TYPE_CHECKING: Type = Type { name: "TypeChecking", fields: &[
    may("expressionWarnings", List(&Part(&ADMISSIONREGISTRATION_V1_EXPRESSION_WARNING))),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY: Type = Type { name: "ValidatingAdmissionPolicy", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_SPEC)),
    may("status", Part(&ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_STATUS)),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_BINDING: Type = Type { name: "ValidatingAdmissionPolicyBinding", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_BINDING_SPEC)),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_BINDING_SPEC: Type = Type { name: "ValidatingAdmissionPolicyBindingSpec", fields: &[
    may("matchResources", Part(&ADMISSIONREGISTRATION_V1_MATCH_RESOURCES)),
    may("paramRef", Part(&ADMISSIONREGISTRATION_V1_PARAM_REF)),
    must("policyName", Text),
    must("validationActions", List(&Text)),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_SPEC: Type = Type { name: "ValidatingAdmissionPolicySpec", fields: &[
    may("auditAnnotations", List(&Part(&ADMISSIONREGISTRATION_V1_AUDIT_ANNOTATION))),
    may("failurePolicy", Text),
    may("matchConditions", List(&Part(&ADMISSIONREGISTRATION_V1_MATCH_CONDITION))),
    may("matchConstraints", Part(&ADMISSIONREGISTRATION_V1_MATCH_RESOURCES)),
    may("paramKind", Part(&ADMISSIONREGISTRATION_V1_PARAM_KIND)),
    may("validations", List(&Part(&ADMISSIONREGISTRATION_V1_VALIDATION))),
    may("variables", List(&Part(&ADMISSIONREGISTRATION_V1_VARIABLE))),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_ADMISSION_POLICY_STATUS: Type = Type { name: "ValidatingAdmissionPolicyStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
    may("observedGeneration", Int64),
    may("typeChecking", Part(&ADMISSIONREGISTRATION_V1_TYPE_CHECKING)),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_WEBHOOK: Type = Type { name: "ValidatingWebhook", fields: &[
    must("admissionReviewVersions", List(&Text)),
    must("clientConfig", Part(&ADMISSIONREGISTRATION_V1_WEBHOOK_CLIENT_CONFIG)),
    may("failurePolicy", Text),
    may("matchConditions", List(&Part(&ADMISSIONREGISTRATION_V1_MATCH_CONDITION))),
    may("matchPolicy", Text),
    must("name", Text),
    may("namespaceSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("objectSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("rules", List(&Part(&ADMISSIONREGISTRATION_V1_RULE_WITH_OPERATIONS))),
    must("sideEffects", Text),
    may("timeoutSeconds", Int32),
] };

static ADMISSIONREGISTRATION_V1_VALIDATING_WEBHOOK_CONFIGURATION: Type = Type { name: "ValidatingWebhookConfiguration", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("webhooks", List(&Part(&ADMISSIONREGISTRATION_V1_VALIDATING_WEBHOOK))),
] };

static ADMISSIONREGISTRATION_V1_VALIDATION: Type = Type { name: "Validation", fields: &[
    must("expression", Text),
    may("message", Text),
    may("messageExpression", Text),
    may("reason", Text),
] };

static ADMISSIONREGISTRATION_V1_VARIABLE: Type = Type { name: "Variable", fields: &[
    must("expression", Text),
    must("name", Text),
] };

static ADMISSIONREGISTRATION_V1_WEBHOOK_CLIENT_CONFIG: Type = Type { name: "WebhookClientConfig", fields: &[
    may("caBundle", Bytes),
    may("service", Part(&ADMISSIONREGISTRATION_V1_SERVICE_REFERENCE)),
    may("url", Text),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_COLUMN_DEFINITION: Type = Type { name: "CustomResourceColumnDefinition", fields: &[
    may("description", Text),
    may("format", Text),
    must("jsonPath", Text),
    must("name", Text),
    may("priority", Int32),
    must("type", Text),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_CONVERSION: Type = Type { name: "CustomResourceConversion", fields: &[
    must("strategy", Text),
    may("webhook", Part(&APIEXTENSIONS_V1_WEBHOOK_CONVERSION)),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION: Type = Type { name: "CustomResourceDefinition", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_SPEC)),
    may("status", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_STATUS)),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_CONDITION: Type = Type { name: "CustomResourceDefinitionCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("observedGeneration", Int64),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_NAMES: Type = Type { name: "CustomResourceDefinitionNames", fields: &[
    may("categories", List(&Text)),
    must("kind", Text),
    may("listKind", Text),
    must("plural", Text),
    may("shortNames", List(&Text)),
    may("singular", Text),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_SPEC: Type = Type { name: "CustomResourceDefinitionSpec", fields: &[
    may("conversion", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_CONVERSION)),
    must("group", Text),
    must("names", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_NAMES)),
    may("preserveUnknownFields", Flag),
    must("scope", Text),
    must("versions", List(&Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_VERSION))),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_STATUS: Type = Type { name: "CustomResourceDefinitionStatus", fields: &[
    may("acceptedNames", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_NAMES)),
    may("conditions", List(&Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_CONDITION))),
    may("observedGeneration", Int64),
    may("storedVersions", List(&Text)),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_DEFINITION_VERSION: Type = Type { name: "CustomResourceDefinitionVersion", fields: &[
    may("additionalPrinterColumns", List(&Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_COLUMN_DEFINITION))),
    may("deprecated", Flag),
    may("deprecationWarning", Text),
    must("name", Text),
    may("schema", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_VALIDATION)),
    may("selectableFields", List(&Part(&APIEXTENSIONS_V1_SELECTABLE_FIELD))),
    must("served", Flag),
    must("storage", Flag),
    may("subresources", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_SUBRESOURCES)),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_SUBRESOURCES: Type = Type { name: "CustomResourceSubresources", fields: &[
    may("scale", Part(&APIEXTENSIONS_V1_CUSTOM_RESOURCE_SUBRESOURCE_SCALE)),
    may("status", Any),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_SUBRESOURCE_SCALE: Type = Type { name: "CustomResourceSubresourceScale", fields: &[
    may("labelSelectorPath", Text),
    must("specReplicasPath", Text),
    must("statusReplicasPath", Text),
] };

static APIEXTENSIONS_V1_CUSTOM_RESOURCE_VALIDATION: Type = Type { name: "CustomResourceValidation", fields: &[
    may("openAPIV3Schema", Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS)),
] };

static APIEXTENSIONS_V1_EXTERNAL_DOCUMENTATION: Type = Type { name: "ExternalDocumentation", fields: &[
    may("description", Text),
    may("url", Text),
] };

static APIEXTENSIONS_V1_JSON_SCHEMA_PROPS: Type = Type { name: "JSONSchemaProps", fields: &[
    may("$ref", Text),
    may("$schema", Text),
    may("additionalItems", Either(&Flag, &Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("additionalProperties", Either(&Flag, &Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("allOf", List(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("anyOf", List(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("default", Any),
    may("definitions", Map(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("dependencies", Map(&Either(&List(&Text), &Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS)))),
    may("description", Text),
    may("enum", List(&Any)),
    may("example", Any),
    may("exclusiveMaximum", Flag),
    may("exclusiveMinimum", Flag),
    may("externalDocs", Part(&APIEXTENSIONS_V1_EXTERNAL_DOCUMENTATION)),
    may("format", Text),
    may("id", Text),
    may("items", Either(&List(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS)), &Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("maxItems", Int64),
    may("maxLength", Int64),
    may("maxProperties", Int64),
    may("maximum", Number),
    may("minItems", Int64),
    may("minLength", Int64),
    may("minProperties", Int64),
    may("minimum", Number),
    may("multipleOf", Number),
    may("not", Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS)),
    may("nullable", Flag),
    may("oneOf", List(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("pattern", Text),
    may("patternProperties", Map(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("properties", Map(&Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS))),
    may("required", List(&Text)),
    may("title", Text),
    may("type", Text),
    may("uniqueItems", Flag),
    may("x-kubernetes-embedded-resource", Flag),
    may("x-kubernetes-int-or-string", Flag),
    may("x-kubernetes-list-map-keys", List(&Text)),
    may("x-kubernetes-list-type", Text),
    may("x-kubernetes-map-type", Text),
    may("x-kubernetes-preserve-unknown-fields", Flag),
    may("x-kubernetes-validations", List(&Part(&APIEXTENSIONS_V1_VALIDATION_RULE))),
] };

static APIEXTENSIONS_V1_SELECTABLE_FIELD: Type = Type { name: "SelectableField", fields: &[
    must("jsonPath", Text),
] };

static APIEXTENSIONS_V1_SERVICE_REFERENCE: Type = Type { name: "ServiceReference", fields: &[
    must("name", Text),
    must("namespace", Text),
    may("path", Text),
    may("port", Int32),
] };

static APIEXTENSIONS_V1_VALIDATION_RULE: Type = Type { name: "ValidationRule", fields: &[
    may("fieldPath", Text),
    may("message", Text),
    may("messageExpression", Text),
    may("optionalOldSelf", Flag),
    may("reason", Text),
    must("rule", Text),
] };

static APIEXTENSIONS_V1_WEBHOOK_CLIENT_CONFIG: Type = Type { name: "WebhookClientConfig", fields: &[
    may("caBundle", Bytes),
    may("service", Part(&APIEXTENSIONS_V1_SERVICE_REFERENCE)),
    may("url", Text),
] };

static APIEXTENSIONS_V1_WEBHOOK_CONVERSION: Type = Type { name: "WebhookConversion", fields: &[
    may("clientConfig", Part(&APIEXTENSIONS_V1_WEBHOOK_CLIENT_CONFIG)),
    must("conversionReviewVersions", List(&Text)),
] };

static APIREGISTRATION_V1_API_SERVICE: Type = Type { name: "APIService", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&APIREGISTRATION_V1_API_SERVICE_SPEC)),
    may("status", Part(&APIREGISTRATION_V1_API_SERVICE_STATUS)),
] };

static APIREGISTRATION_V1_API_SERVICE_CONDITION: Type = Type { name: "APIServiceCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static APIREGISTRATION_V1_API_SERVICE_SPEC: Type = Type { name: "APIServiceSpec", fields: &[
    may("caBundle", Bytes),
    may("group", Text),
    must("groupPriorityMinimum", Int32),
    may("insecureSkipTLSVerify", Flag),
    may("service", Part(&APIREGISTRATION_V1_SERVICE_REFERENCE)),
    may("version", Text),
    must("versionPriority", Int32),
] };

static APIREGISTRATION_V1_API_SERVICE_STATUS: Type = Type { name: "APIServiceStatus", fields: &[
    may("conditions", List(&Part(&APIREGISTRATION_V1_API_SERVICE_CONDITION))),
] };

static APIREGISTRATION_V1_SERVICE_REFERENCE: Type = Type { name: "ServiceReference", fields: &[
    may("name", Text),
    may("namespace", Text),
    may("port", Int32),
] };

static APPS_V1_CONTROLLER_REVISION: Type = Type { name: "ControllerRevision", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("data", Any),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("revision", Int64),
] };

static APPS_V1_DAEMON_SET: Type = Type { name: "DaemonSet", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&APPS_V1_DAEMON_SET_SPEC)),
    may("status", Part(&APPS_V1_DAEMON_SET_STATUS)),
] };

static APPS_V1_DAEMON_SET_CONDITION: Type = Type { name: "DaemonSetCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static APPS_V1_DAEMON_SET_SPEC: Type = Type { name: "DaemonSetSpec", fields: &[
    may("minReadySeconds", Int32),
    may("revisionHistoryLimit", Int32),
    must("selector", Part(&META_V1_LABEL_SELECTOR)),
    must("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
    may("updateStrategy", Part(&APPS_V1_DAEMON_SET_UPDATE_STRATEGY)),
] };

static APPS_V1_DAEMON_SET_STATUS: Type = Type { name: "DaemonSetStatus", fields: &[
    may("collisionCount", Int32),
    may("conditions", List(&Part(&APPS_V1_DAEMON_SET_CONDITION))),
    must("currentNumberScheduled", Int32),
    must("desiredNumberScheduled", Int32),
    may("numberAvailable", Int32),
    must("numberMisscheduled", Int32),
    must("numberReady", Int32),
    may("numberUnavailable", Int32),
    may("observedGeneration", Int64),
    may("updatedNumberScheduled", Int32),
] };

static APPS_V1_DAEMON_SET_UPDATE_STRATEGY: Type = Type { name: "DaemonSetUpdateStrategy", fields: &[
    may("rollingUpdate", Part(&APPS_V1_ROLLING_UPDATE_DAEMON_SET)),
    may("type", Text),
] };

static APPS_V1_DEPLOYMENT: Type = Type { name: "Deployment", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&APPS_V1_DEPLOYMENT_SPEC)),
    may("status", Part(&APPS_V1_DEPLOYMENT_STATUS)),
] };

static APPS_V1_DEPLOYMENT_CONDITION: Type = Type { name: "DeploymentCondition", fields: &[
    may("lastTransitionTime", Time),
    may("lastUpdateTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static APPS_V1_DEPLOYMENT_SPEC: Type = Type { name: "DeploymentSpec", fields: &[
    may("minReadySeconds", Int32),
    may("paused", Flag),
    may("progressDeadlineSeconds", Int32),
    may("replicas", Int32),
    may("revisionHistoryLimit", Int32),
    must("selector", Part(&META_V1_LABEL_SELECTOR)),
    may("strategy", Part(&APPS_V1_DEPLOYMENT_STRATEGY)),
    must("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
] };

static APPS_V1_DEPLOYMENT_STATUS: Type = Type { name: "DeploymentStatus", fields: &[
    may("availableReplicas", Int32),
    may("collisionCount", Int32),
    may("conditions", List(&Part(&APPS_V1_DEPLOYMENT_CONDITION))),
    may("observedGeneration", Int64),
    may("readyReplicas", Int32),
    may("replicas", Int32),
    may("terminatingReplicas", Int32),
    may("unavailableReplicas", Int32),
    may("updatedReplicas", Int32),
] };

static APPS_V1_DEPLOYMENT_STRATEGY: Type = Type { name: "DeploymentStrategy", fields: &[
    may("rollingUpdate", Part(&APPS_V1_ROLLING_UPDATE_DEPLOYMENT)),
    may("type", Text),
] };

static APPS_V1_REPLICA_SET: Type = Type { name: "ReplicaSet", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&APPS_V1_REPLICA_SET_SPEC)),
    may("status", Part(&APPS_V1_REPLICA_SET_STATUS)),
] };

static APPS_V1_REPLICA_SET_CONDITION: Type = Type { name: "ReplicaSetCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static APPS_V1_REPLICA_SET_SPEC: Type = Type { name: "ReplicaSetSpec", fields: &[
    may("minReadySeconds", Int32),
    may("replicas", Int32),
    must("selector", Part(&META_V1_LABEL_SELECTOR)),
    may("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
] };

static APPS_V1_REPLICA_SET_STATUS: Type = Type { name: "ReplicaSetStatus", fields: &[
    may("availableReplicas", Int32),
    may("conditions", List(&Part(&APPS_V1_REPLICA_SET_CONDITION))),
    may("fullyLabeledReplicas", Int32),
    may("observedGeneration", Int64),
    may("readyReplicas", Int32),
    must("replicas", Int32),
    may("terminatingReplicas", Int32),
] };

static APPS_V1_ROLLING_UPDATE_DAEMON_SET: Type = Type { name: "RollingUpdateDaemonSet", fields: &[
    may("maxSurge", IntOrText),
    may("maxUnavailable", IntOrText),
] };

static APPS_V1_ROLLING_UPDATE_DEPLOYMENT: Type = Type { name: "RollingUpdateDeployment", fields: &[
    may("maxSurge", IntOrText),
    may("maxUnavailable", IntOrText),
] };

static APPS_V1_ROLLING_UPDATE_STATEFUL_SET_STRATEGY: Type = Type { name: "RollingUpdateStatefulSetStrategy", fields: &[
    may("maxUnavailable", IntOrText),
    may("partition", Int32),
] };

static APPS_V1_STATEFUL_SET: Type = Type { name: "StatefulSet", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&APPS_V1_STATEFUL_SET_SPEC)),
    may("status", Part(&APPS_V1_STATEFUL_SET_STATUS)),
] };

static APPS_V1_STATEFUL_SET_CONDITION: Type = Type { name: "StatefulSetCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static APPS_V1_STATEFUL_SET_ORDINALS: Type = Type { name: "StatefulSetOrdinals", fields: &[
    may("start", Int32),
] };

static APPS_V1_STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY: Type = Type { name: "StatefulSetPersistentVolumeClaimRetentionPolicy", fields: &[
    may("whenDeleted", Text),
    may("whenScaled", Text),
] };

static APPS_V1_STATEFUL_SET_SPEC: Type = Type { name: "StatefulSetSpec", fields: &[
    may("minReadySeconds", Int32),
    may("ordinals", Part(&APPS_V1_STATEFUL_SET_ORDINALS)),
    may("persistentVolumeClaimRetentionPolicy", Part(&APPS_V1_STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY)),
    may("podManagementPolicy", Text),
    may("replicas", Int32),
    may("revisionHistoryLimit", Int32),
    must("selector", Part(&META_V1_LABEL_SELECTOR)),
    may("serviceName", Text),
    must("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
    may("updateStrategy", Part(&APPS_V1_STATEFUL_SET_UPDATE_STRATEGY)),
    may("volumeClaimTemplates", List(&Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM))),
] };

static APPS_V1_STATEFUL_SET_STATUS: Type = Type { name: "StatefulSetStatus", fields: &[
    may("availableReplicas", Int32),
    may("collisionCount", Int32),
    may("conditions", List(&Part(&APPS_V1_STATEFUL_SET_CONDITION))),
    may("currentReplicas", Int32),
    may("currentRevision", Text),
    may("observedGeneration", Int64),
    may("readyReplicas", Int32),
    must("replicas", Int32),
    may("updateRevision", Text),
    may("updatedReplicas", Int32),
] };

static APPS_V1_STATEFUL_SET_UPDATE_STRATEGY: Type = Type { name: "StatefulSetUpdateStrategy", fields: &[
    may("rollingUpdate", Part(&APPS_V1_ROLLING_UPDATE_STATEFUL_SET_STRATEGY)),
    may("type", Text),
] };

static AUTHENTICATION_V1_SELF_SUBJECT_REVIEW: Type = Type { name: "SelfSubjectReview", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("status", Part(&AUTHENTICATION_V1_SELF_SUBJECT_REVIEW_STATUS)),
] };

static AUTHENTICATION_V1_SELF_SUBJECT_REVIEW_STATUS: Type = Type { name: "SelfSubjectReviewStatus", fields: &[
    may("userInfo", Part(&AUTHENTICATION_V1_USER_INFO)),
] };

static AUTHENTICATION_V1_TOKEN_REVIEW: Type = Type { name: "TokenReview", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTHENTICATION_V1_TOKEN_REVIEW_SPEC)),
    may("status", Part(&AUTHENTICATION_V1_TOKEN_REVIEW_STATUS)),
] };

static AUTHENTICATION_V1_TOKEN_REVIEW_SPEC: Type = Type { name: "TokenReviewSpec", fields: &[
    may("audiences", List(&Text)),
    must("token", Text),
] };

static AUTHENTICATION_V1_TOKEN_REVIEW_STATUS: Type = Type { name: "TokenReviewStatus", fields: &[
    may("audiences", List(&Text)),
    may("authenticated", Flag),
    may("error", Text),
    may("user", Part(&AUTHENTICATION_V1_USER_INFO)),
] };

static AUTHENTICATION_V1_USER_INFO: Type = Type { name: "UserInfo", fields: &[
    may("extra", Map(&List(&Text))),
    may("groups", List(&Text)),
    may("uid", Text),
    may("username", Text),
] };

static AUTHORIZATION_V1_FIELD_SELECTOR_ATTRIBUTES: Type = Type { name: "FieldSelectorAttributes", fields: &[
    may("rawSelector", Text),
    may("requirements", List(&Part(&META_V1_FIELD_SELECTOR_REQUIREMENT))),
] };

static AUTHORIZATION_V1_LABEL_SELECTOR_ATTRIBUTES: Type = Type { name: "LabelSelectorAttributes", fields: &[
    may("rawSelector", Text),
    may("requirements", List(&Part(&META_V1_LABEL_SELECTOR_REQUIREMENT))),
] };

static AUTHORIZATION_V1_LOCAL_SUBJECT_ACCESS_REVIEW: Type = Type { name: "LocalSubjectAccessReview", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_SPEC)),
    may("status", Part(&AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_STATUS)),
] };

static AUTHORIZATION_V1_NON_RESOURCE_ATTRIBUTES: Type = Type { name: "NonResourceAttributes", fields: &[
    may("path", Text),
    may("verb", Text),
] };

static AUTHORIZATION_V1_NON_RESOURCE_RULE: Type = Type { name: "NonResourceRule", fields: &[
    may("nonResourceURLs", List(&Text)),
    must("verbs", List(&Text)),
] };

static AUTHORIZATION_V1_RESOURCE_ATTRIBUTES: Type = Type { name: "ResourceAttributes", fields: &[
    may("fieldSelector", Part(&AUTHORIZATION_V1_FIELD_SELECTOR_ATTRIBUTES)),
    may("group", Text),
    may("labelSelector", Part(&AUTHORIZATION_V1_LABEL_SELECTOR_ATTRIBUTES)),
    may("name", Text),
    may("namespace", Text),
    may("resource", Text),
    may("subresource", Text),
    may("verb", Text),
    may("version", Text),
] };

static AUTHORIZATION_V1_RESOURCE_RULE: Type = Type { name: "ResourceRule", fields: &[
    may("apiGroups", List(&Text)),
    may("resourceNames", List(&Text)),
    may("resources", List(&Text)),
    must("verbs", List(&Text)),
] };

static AUTHORIZATION_V1_SELF_SUBJECT_ACCESS_REVIEW: Type = Type { name: "SelfSubjectAccessReview", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTHORIZATION_V1_SELF_SUBJECT_ACCESS_REVIEW_SPEC)),
    may("status", Part(&AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_STATUS)),
] };

static AUTHORIZATION_V1_SELF_SUBJECT_ACCESS_REVIEW_SPEC: Type = Type { name: "SelfSubjectAccessReviewSpec", fields: &[
    may("nonResourceAttributes", Part(&AUTHORIZATION_V1_NON_RESOURCE_ATTRIBUTES)),
    may("resourceAttributes", Part(&AUTHORIZATION_V1_RESOURCE_ATTRIBUTES)),
] };

static AUTHORIZATION_V1_SELF_SUBJECT_RULES_REVIEW: Type = Type { name: "SelfSubjectRulesReview", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTHORIZATION_V1_SELF_SUBJECT_RULES_REVIEW_SPEC)),
    may("status", Part(&AUTHORIZATION_V1_SUBJECT_RULES_REVIEW_STATUS)),
] };

static AUTHORIZATION_V1_SELF_SUBJECT_RULES_REVIEW_SPEC: Type = Type { name: "SelfSubjectRulesReviewSpec", fields: &[
    may("namespace", Text),
] };

static AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW: Type = Type { name: "SubjectAccessReview", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_SPEC)),
    may("status", Part(&AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_STATUS)),
] };

static AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_SPEC: Type = Type { name: "SubjectAccessReviewSpec", fields: &[
    may("extra", Map(&List(&Text))),
    may("groups", List(&Text)),
    may("nonResourceAttributes", Part(&AUTHORIZATION_V1_NON_RESOURCE_ATTRIBUTES)),
    may("resourceAttributes", Part(&AUTHORIZATION_V1_RESOURCE_ATTRIBUTES)),
    may("uid", Text),
    may("user", Text),
] };

static AUTHORIZATION_V1_SUBJECT_ACCESS_REVIEW_STATUS: Type = Type { name: "SubjectAccessReviewStatus", fields: &[
    must("allowed", Flag),
    may("denied", Flag),
    may("evaluationError", Text),
    may("reason", Text),
] };

static AUTHORIZATION_V1_SUBJECT_RULES_REVIEW_STATUS: Type = Type { name: "SubjectRulesReviewStatus", fields: &[
    may("evaluationError", Text),
    must("incomplete", Flag),
    must("nonResourceRules", List(&Part(&AUTHORIZATION_V1_NON_RESOURCE_RULE))),
    must("resourceRules", List(&Part(&AUTHORIZATION_V1_RESOURCE_RULE))),
] };

static AUTOSCALING_V1_CROSS_VERSION_OBJECT_REFERENCE: Type = Type { name: "CrossVersionObjectReference", fields: &[
    may("apiVersion", Text),
    must("kind", Text),
    must("name", Text),
] };

static AUTOSCALING_V1_HORIZONTAL_POD_AUTOSCALER: Type = Type { name: "HorizontalPodAutoscaler", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTOSCALING_V1_HORIZONTAL_POD_AUTOSCALER_SPEC)),
    may("status", Part(&AUTOSCALING_V1_HORIZONTAL_POD_AUTOSCALER_STATUS)),
] };

static AUTOSCALING_V1_HORIZONTAL_POD_AUTOSCALER_SPEC: Type = Type { name: "HorizontalPodAutoscalerSpec", fields: &[
    must("maxReplicas", Int32),
    may("minReplicas", Int32),
    must("scaleTargetRef", Part(&AUTOSCALING_V1_CROSS_VERSION_OBJECT_REFERENCE)),
    may("targetCPUUtilizationPercentage", Int32),
] };

static AUTOSCALING_V1_HORIZONTAL_POD_AUTOSCALER_STATUS: Type = Type { name: "HorizontalPodAutoscalerStatus", fields: &[
    may("currentCPUUtilizationPercentage", Int32),
    must("currentReplicas", Int32),
    must("desiredReplicas", Int32),
    may("lastScaleTime", Time),
    may("observedGeneration", Int64),
] };

static AUTOSCALING_V2_CONTAINER_RESOURCE_METRIC_SOURCE: Type = Type { name: "ContainerResourceMetricSource", fields: &[
    must("container", Text),
    must("name", Text),
    must("target", Part(&AUTOSCALING_V2_METRIC_TARGET)),
] };

static AUTOSCALING_V2_CONTAINER_RESOURCE_METRIC_STATUS: Type = Type { name: "ContainerResourceMetricStatus", fields: &[
    must("container", Text),
    must("current", Part(&AUTOSCALING_V2_METRIC_VALUE_STATUS)),
    must("name", Text),
] };

static AUTOSCALING_V2_CROSS_VERSION_OBJECT_REFERENCE: Type = Type { name: "CrossVersionObjectReference", fields: &[
    may("apiVersion", Text),
    must("kind", Text),
    must("name", Text),
] };

static AUTOSCALING_V2_EXTERNAL_METRIC_SOURCE: Type = Type { name: "ExternalMetricSource", fields: &[
    must("metric", Part(&AUTOSCALING_V2_METRIC_IDENTIFIER)),
    must("target", Part(&AUTOSCALING_V2_METRIC_TARGET)),
] };

static AUTOSCALING_V2_EXTERNAL_METRIC_STATUS: Type = Type { name: "ExternalMetricStatus", fields: &[
    must("current", Part(&AUTOSCALING_V2_METRIC_VALUE_STATUS)),
    must("metric", Part(&AUTOSCALING_V2_METRIC_IDENTIFIER)),
] };

static AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER: Type = Type { name: "HorizontalPodAutoscaler", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_SPEC)),
    may("status", Part(&AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_STATUS)),
] };

static AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_BEHAVIOR: Type = Type { name: "HorizontalPodAutoscalerBehavior", fields: &[
    may("scaleDown", Part(&AUTOSCALING_V2_HPA_SCALING_RULES)),
    may("scaleUp", Part(&AUTOSCALING_V2_HPA_SCALING_RULES)),
] };

static AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_CONDITION: Type = Type { name: "HorizontalPodAutoscalerCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_SPEC: Type = Type { name: "HorizontalPodAutoscalerSpec", fields: &[
    may("behavior", Part(&AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_BEHAVIOR)),
    must("maxReplicas", Int32),
    may("metrics", List(&Part(&AUTOSCALING_V2_METRIC_SPEC))),
    may("minReplicas", Int32),
    must("scaleTargetRef", Part(&AUTOSCALING_V2_CROSS_VERSION_OBJECT_REFERENCE)),
] };

static AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_STATUS: Type = Type { name: "HorizontalPodAutoscalerStatus", fields: &[
    may("conditions", List(&Part(&AUTOSCALING_V2_HORIZONTAL_POD_AUTOSCALER_CONDITION))),
    may("currentMetrics", List(&Part(&AUTOSCALING_V2_METRIC_STATUS))),
    may("currentReplicas", Int32),
    must("desiredReplicas", Int32),
    may("lastScaleTime", Time),
    may("observedGeneration", Int64),
] };

static AUTOSCALING_V2_HPA_SCALING_POLICY: Type = Type { name: "HPAScalingPolicy", fields: &[
    must("periodSeconds", Int32),
    must("type", Text),
    must("value", Int32),
] };

static AUTOSCALING_V2_HPA_SCALING_RULES: Type = Type { name: "HPAScalingRules", fields: &[
    may("policies", List(&Part(&AUTOSCALING_V2_HPA_SCALING_POLICY))),
    may("selectPolicy", Text),
    may("stabilizationWindowSeconds", Int32),
    may("tolerance", Quantity),
] };

static AUTOSCALING_V2_METRIC_IDENTIFIER: Type = Type { name: "MetricIdentifier", fields: &[
    must("name", Text),
    may("selector", Part(&META_V1_LABEL_SELECTOR)),
] };

static AUTOSCALING_V2_METRIC_SPEC: Type = Type { name: "MetricSpec", fields: &[
    may("containerResource", Part(&AUTOSCALING_V2_CONTAINER_RESOURCE_METRIC_SOURCE)),
    may("external", Part(&AUTOSCALING_V2_EXTERNAL_METRIC_SOURCE)),
    may("object", Part(&AUTOSCALING_V2_OBJECT_METRIC_SOURCE)),
    may("pods", Part(&AUTOSCALING_V2_PODS_METRIC_SOURCE)),
    may("resource", Part(&AUTOSCALING_V2_RESOURCE_METRIC_SOURCE)),
    must("type", Text),
] };

static AUTOSCALING_V2_METRIC_STATUS: Type = Type { name: "MetricStatus", fields: &[
    may("containerResource", Part(&AUTOSCALING_V2_CONTAINER_RESOURCE_METRIC_STATUS)),
    may("external", Part(&AUTOSCALING_V2_EXTERNAL_METRIC_STATUS)),
    may("object", Part(&AUTOSCALING_V2_OBJECT_METRIC_STATUS)),
    may("pods", Part(&AUTOSCALING_V2_PODS_METRIC_STATUS)),
    may("resource", Part(&AUTOSCALING_V2_RESOURCE_METRIC_STATUS)),
    must("type", Text),
] };

static AUTOSCALING_V2_METRIC_TARGET: Type = Type { name: "MetricTarget", fields: &[
    may("averageUtilization", Int32),
    may("averageValue", Quantity),
    must("type", Text),
    may("value", Quantity),
] };

static AUTOSCALING_V2_METRIC_VALUE_STATUS: Type = Type { name: "MetricValueStatus", fields: &[
    may("averageUtilization", Int32),
    may("averageValue", Quantity),
    may("value", Quantity),
] };

static AUTOSCALING_V2_OBJECT_METRIC_SOURCE: Type = Type { name: "ObjectMetricSource", fields: &[
    must("describedObject", Part(&AUTOSCALING_V2_CROSS_VERSION_OBJECT_REFERENCE)),
    must("metric", Part(&AUTOSCALING_V2_METRIC_IDENTIFIER)),
    must("target", Part(&AUTOSCALING_V2_METRIC_TARGET)),
] };

static AUTOSCALING_V2_OBJECT_METRIC_STATUS: Type = Type { name: "ObjectMetricStatus", fields: &[
    must("current", Part(&AUTOSCALING_V2_METRIC_VALUE_STATUS)),
    must("describedObject", Part(&AUTOSCALING_V2_CROSS_VERSION_OBJECT_REFERENCE)),
    must("metric", Part(&AUTOSCALING_V2_METRIC_IDENTIFIER)),
] };

static AUTOSCALING_V2_PODS_METRIC_SOURCE: Type = Type { name: "PodsMetricSource", fields: &[
    must("metric", Part(&AUTOSCALING_V2_METRIC_IDENTIFIER)),
    must("target", Part(&AUTOSCALING_V2_METRIC_TARGET)),
] };

static AUTOSCALING_V2_PODS_METRIC_STATUS: Type = Type { name: "PodsMetricStatus", fields: &[
    must("current", Part(&AUTOSCALING_V2_METRIC_VALUE_STATUS)),
    must("metric", Part(&AUTOSCALING_V2_METRIC_IDENTIFIER)),
] };

static AUTOSCALING_V2_RESOURCE_METRIC_SOURCE: Type = Type { name: "ResourceMetricSource", fields: &[
    must("name", Text),
    must("target", Part(&AUTOSCALING_V2_METRIC_TARGET)),
] };

static AUTOSCALING_V2_RESOURCE_METRIC_STATUS: Type = Type { name: "ResourceMetricStatus", fields: &[
    must("current", Part(&AUTOSCALING_V2_METRIC_VALUE_STATUS)),
    must("name", Text),
] };

static BATCH_V1_CRON_JOB: Type = Type { name: "CronJob", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&BATCH_V1_CRON_JOB_SPEC)),
    may("status", Part(&BATCH_V1_CRON_JOB_STATUS)),
] };

static BATCH_V1_CRON_JOB_SPEC: Type = Type { name: "CronJobSpec", fields: &[
    may("concurrencyPolicy", Text),
    may("failedJobsHistoryLimit", Int32),
    must("jobTemplate", Part(&BATCH_V1_JOB_TEMPLATE_SPEC)),
    must("schedule", Text),
    may("startingDeadlineSeconds", Int64),
    may("successfulJobsHistoryLimit", Int32),
    may("suspend", Flag),
    may("timeZone", Text),
] };

static BATCH_V1_CRON_JOB_STATUS: Type = Type { name: "CronJobStatus", fields: &[
    may("active", List(&Part(&CORE_V1_OBJECT_REFERENCE))),
    may("lastScheduleTime", Time),
    may("lastSuccessfulTime", Time),
] };

static BATCH_V1_JOB: Type = Type { name: "Job", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&BATCH_V1_JOB_SPEC)),
    may("status", Part(&BATCH_V1_JOB_STATUS)),
] };

static BATCH_V1_JOB_CONDITION: Type = Type { name: "JobCondition", fields: &[
    may("lastProbeTime", Time),
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static BATCH_V1_JOB_SPEC: Type = Type { name: "JobSpec", fields: &[
    may("activeDeadlineSeconds", Int64),
    may("backoffLimit", Int32),
    may("backoffLimitPerIndex", Int32),
    may("completionMode", Text),
    may("completions", Int32),
    may("managedBy", Text),
    may("manualSelector", Flag),
    may("maxFailedIndexes", Int32),
    may("parallelism", Int32),
    may("podFailurePolicy", Part(&BATCH_V1_POD_FAILURE_POLICY)),
    may("podReplacementPolicy", Text),
    may("selector", Part(&META_V1_LABEL_SELECTOR)),
    may("successPolicy", Part(&BATCH_V1_SUCCESS_POLICY)),
    may("suspend", Flag),
    must("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
    may("ttlSecondsAfterFinished", Int32),
] };

static BATCH_V1_JOB_STATUS: Type = Type { name: "JobStatus", fields: &[
    may("active", Int32),
    may("completedIndexes", Text),
    may("completionTime", Time),
    may("conditions", List(&Part(&BATCH_V1_JOB_CONDITION))),
    may("failed", Int32),
    may("failedIndexes", Text),
    may("ready", Int32),
    may("startTime", Time),
    may("succeeded", Int32),
    may("terminating", Int32),
    may("uncountedTerminatedPods", Part(&BATCH_V1_UNCOUNTED_TERMINATED_PODS)),
] };

static BATCH_V1_JOB_TEMPLATE_SPEC: Type = Type { name: "JobTemplateSpec", fields: &[
    may("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&BATCH_V1_JOB_SPEC)),
] };

static BATCH_V1_POD_FAILURE_POLICY: Type = Type { name: "PodFailurePolicy", fields: &[
    must("rules", List(&Part(&BATCH_V1_POD_FAILURE_POLICY_RULE))),
] };

static BATCH_V1_POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT: Type = Type { name: "PodFailurePolicyOnExitCodesRequirement", fields: &[
    may("containerName", Text),
    must("operator", Text),
    must("values", List(&Int32)),
] };

static BATCH_V1_POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN: Type = Type { name: "PodFailurePolicyOnPodConditionsPattern", fields: &[
    may("status", Text),
    must("type", Text),
] };

static BATCH_V1_POD_FAILURE_POLICY_RULE: Type = Type { name: "PodFailurePolicyRule", fields: &[
    must("action", Text),
    may("onExitCodes", Part(&BATCH_V1_POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT)),
    may("onPodConditions", List(&Part(&BATCH_V1_POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN))),
] };

static BATCH_V1_SUCCESS_POLICY: Type = Type { name: "SuccessPolicy", fields: &[
    must("rules", List(&Part(&BATCH_V1_SUCCESS_POLICY_RULE))),
] };

static BATCH_V1_SUCCESS_POLICY_RULE: Type = Type { name: "SuccessPolicyRule", fields: &[
    may("succeededCount", Int32),
    may("succeededIndexes", Text),
] };

static BATCH_V1_UNCOUNTED_TERMINATED_PODS: Type = Type { name: "UncountedTerminatedPods", fields: &[
    may("failed", List(&Text)),
    may("succeeded", List(&Text)),
] };

static CERTIFICATES_V1BETA1_CLUSTER_TRUST_BUNDLE: Type = Type { name: "ClusterTrustBundle", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&CERTIFICATES_V1BETA1_CLUSTER_TRUST_BUNDLE_SPEC)),
] };

static CERTIFICATES_V1BETA1_CLUSTER_TRUST_BUNDLE_SPEC: Type = Type { name: "ClusterTrustBundleSpec", fields: &[
    may("signerName", Text),
    must("trustBundle", Text),
] };

static CERTIFICATES_V1BETA1_POD_CERTIFICATE_REQUEST: Type = Type { name: "PodCertificateRequest", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&CERTIFICATES_V1BETA1_POD_CERTIFICATE_REQUEST_SPEC)),
    may("status", Part(&CERTIFICATES_V1BETA1_POD_CERTIFICATE_REQUEST_STATUS)),
] };

static CERTIFICATES_V1BETA1_POD_CERTIFICATE_REQUEST_SPEC: Type = Type { name: "PodCertificateRequestSpec", fields: &[
    may("maxExpirationSeconds", Int32),
    must("nodeName", Text),
    must("nodeUID", Text),
    may("pkixPublicKey", Bytes),
    must("podName", Text),
    must("podUID", Text),
    may("proofOfPossession", Bytes),
    must("serviceAccountName", Text),
    must("serviceAccountUID", Text),
    must("signerName", Text),
    must("stubPKCS10Request", Bytes),
    may("unverifiedUserAnnotations", Map(&Text)),
] };

static CERTIFICATES_V1BETA1_POD_CERTIFICATE_REQUEST_STATUS: Type = Type { name: "PodCertificateRequestStatus", fields: &[
    may("beginRefreshAt", Time),
    may("certificateChain", Text),
    may("conditions", List(&Part(&META_V1_CONDITION))),
    may("notAfter", Time),
    may("notBefore", Time),
] };

static CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST: Type = Type { name: "CertificateSigningRequest", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST_SPEC)),
    may("status", Part(&CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST_STATUS)),
] };

static CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST_CONDITION: Type = Type { name: "CertificateSigningRequestCondition", fields: &[
    may("lastTransitionTime", Time),
    may("lastUpdateTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST_SPEC: Type = Type { name: "CertificateSigningRequestSpec", fields: &[
    may("expirationSeconds", Int32),
    may("extra", Map(&List(&Text))),
    may("groups", List(&Text)),
    must("request", Bytes),
    must("signerName", Text),
    may("uid", Text),
    may("usages", List(&Text)),
    may("username", Text),
] };

static CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST_STATUS: Type = Type { name: "CertificateSigningRequestStatus", fields: &[
    may("certificate", Bytes),
    may("conditions", List(&Part(&CERTIFICATES_V1_CERTIFICATE_SIGNING_REQUEST_CONDITION))),
] };

static COORDINATION_V1BETA1_LEASE_CANDIDATE: Type = Type { name: "LeaseCandidate", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&COORDINATION_V1BETA1_LEASE_CANDIDATE_SPEC)),
] };

static COORDINATION_V1BETA1_LEASE_CANDIDATE_SPEC: Type = Type { name: "LeaseCandidateSpec", fields: &[
    must("binaryVersion", Text),
    may("emulationVersion", Text),
    must("leaseName", Text),
    may("pingTime", MicroTime),
    may("renewTime", MicroTime),
    must("strategy", Text),
] };

static COORDINATION_V1_LEASE: Type = Type { name: "Lease", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&COORDINATION_V1_LEASE_SPEC)),
] };

static COORDINATION_V1_LEASE_SPEC: Type = Type { name: "LeaseSpec", fields: &[
    may("acquireTime", MicroTime),
    may("holderIdentity", Text),
    may("leaseDurationSeconds", Int32),
    may("leaseTransitions", Int32),
    may("preferredHolder", Text),
    may("renewTime", MicroTime),
    may("strategy", Text),
] };

static CORE_V1_AFFINITY: Type = Type { name: "Affinity", fields: &[
    may("nodeAffinity", Part(&CORE_V1_NODE_AFFINITY)),
    may("podAffinity", Part(&CORE_V1_POD_AFFINITY)),
    may("podAntiAffinity", Part(&CORE_V1_POD_ANTI_AFFINITY)),
] };

static CORE_V1_APP_ARMOR_PROFILE: Type = Type { name: "AppArmorProfile", fields: &[
    may("localhostProfile", Text),
    must("type", Text),
] };

static CORE_V1_ATTACHED_VOLUME: Type = Type { name: "AttachedVolume", fields: &[
    must("devicePath", Text),
    must("name", Text),
] };

static CORE_V1_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Type = Type { name: "AWSElasticBlockStoreVolumeSource", fields: &[
    may("fsType", Text),
    may("partition", Int32),
    may("readOnly", Flag),
    must("volumeID", Text),
] };

static CORE_V1_AZURE_DISK_VOLUME_SOURCE: Type = Type { name: "AzureDiskVolumeSource", fields: &[
    may("cachingMode", Text),
    must("diskName", Text),
    must("diskURI", Text),
    may("fsType", Text),
    may("kind", Text),
    may("readOnly", Flag),
] };

static CORE_V1_AZURE_FILE_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "AzureFilePersistentVolumeSource", fields: &[
    may("readOnly", Flag),
    must("secretName", Text),
    may("secretNamespace", Text),
    must("shareName", Text),
] };

static CORE_V1_AZURE_FILE_VOLUME_SOURCE: Type = Type { name: "AzureFileVolumeSource", fields: &[
    may("readOnly", Flag),
    must("secretName", Text),
    must("shareName", Text),
] };

static CORE_V1_BINDING: Type = Type { name: "Binding", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("target", Part(&CORE_V1_OBJECT_REFERENCE)),
] };

static CORE_V1_CAPABILITIES: Type = Type { name: "Capabilities", fields: &[
    may("add", List(&Text)),
    may("drop", List(&Text)),
] };

static CORE_V1_CEPH_FS_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "CephFSPersistentVolumeSource", fields: &[
    must("monitors", List(&Text)),
    may("path", Text),
    may("readOnly", Flag),
    may("secretFile", Text),
    may("secretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("user", Text),
] };

static CORE_V1_CEPH_FS_VOLUME_SOURCE: Type = Type { name: "CephFSVolumeSource", fields: &[
    must("monitors", List(&Text)),
    may("path", Text),
    may("readOnly", Flag),
    may("secretFile", Text),
    may("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    may("user", Text),
] };

static CORE_V1_CINDER_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "CinderPersistentVolumeSource", fields: &[
    may("fsType", Text),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    must("volumeID", Text),
] };

static CORE_V1_CINDER_VOLUME_SOURCE: Type = Type { name: "CinderVolumeSource", fields: &[
    may("fsType", Text),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    must("volumeID", Text),
] };

static CORE_V1_CLIENT_IP_CONFIG: Type = Type { name: "ClientIPConfig", fields: &[
    may("timeoutSeconds", Int32),
] };

static CORE_V1_CLUSTER_TRUST_BUNDLE_PROJECTION: Type = Type { name: "ClusterTrustBundleProjection", fields: &[
    may("labelSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("name", Text),
    may("optional", Flag),
    must("path", Text),
    may("signerName", Text),
] };

static CORE_V1_CONFIG_MAP: Type = Type { name: "ConfigMap", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("binaryData", Map(&Bytes)),
    may("data", Map(&Text)),
    may("immutable", Flag),
    must("metadata", Part(&META_V1_OBJECT_META)),
] };

static CORE_V1_CONFIG_MAP_ENV_SOURCE: Type = Type { name: "ConfigMapEnvSource", fields: &[
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_CONFIG_MAP_KEY_SELECTOR: Type = Type { name: "ConfigMapKeySelector", fields: &[
    must("key", Text),
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_CONFIG_MAP_NODE_CONFIG_SOURCE: Type = Type { name: "ConfigMapNodeConfigSource", fields: &[
    must("kubeletConfigKey", Text),
    must("name", Text),
    must("namespace", Text),
    may("resourceVersion", Text),
    may("uid", Text),
] };

static CORE_V1_CONFIG_MAP_PROJECTION: Type = Type { name: "ConfigMapProjection", fields: &[
    may("items", List(&Part(&CORE_V1_KEY_TO_PATH))),
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_CONFIG_MAP_VOLUME_SOURCE: Type = Type { name: "ConfigMapVolumeSource", fields: &[
    may("defaultMode", Int32),
    may("items", List(&Part(&CORE_V1_KEY_TO_PATH))),
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_CONTAINER: Type = Type { name: "Container", fields: &[
    may("args", List(&Text)),
    may("command", List(&Text)),
    may("env", List(&Part(&CORE_V1_ENV_VAR))),
    may("envFrom", List(&Part(&CORE_V1_ENV_FROM_SOURCE))),
    may("image", Text),
    may("imagePullPolicy", Text),
    may("lifecycle", Part(&CORE_V1_LIFECYCLE)),
    may("livenessProbe", Part(&CORE_V1_PROBE)),
    must("name", Text),
    may("ports", List(&Part(&CORE_V1_CONTAINER_PORT))),
    may("readinessProbe", Part(&CORE_V1_PROBE)),
    may("resizePolicy", List(&Part(&CORE_V1_CONTAINER_RESIZE_POLICY))),
    may("resources", Part(&CORE_V1_RESOURCE_REQUIREMENTS)),
    may("restartPolicy", Text),
    may("restartPolicyRules", List(&Part(&CORE_V1_CONTAINER_RESTART_RULE))),
    may("securityContext", Part(&CORE_V1_SECURITY_CONTEXT)),
    may("startupProbe", Part(&CORE_V1_PROBE)),
    may("stdin", Flag),
    may("stdinOnce", Flag),
    may("terminationMessagePath", Text),
    may("terminationMessagePolicy", Text),
    may("tty", Flag),
    may("volumeDevices", List(&Part(&CORE_V1_VOLUME_DEVICE))),
    may("volumeMounts", List(&Part(&CORE_V1_VOLUME_MOUNT))),
    may("workingDir", Text),
] };

static CORE_V1_CONTAINER_EXTENDED_RESOURCE_REQUEST: Type = Type { name: "ContainerExtendedResourceRequest", fields: &[
    must("containerName", Text),
    must("requestName", Text),
    must("resourceName", Text),
] };

static CORE_V1_CONTAINER_IMAGE: Type = Type { name: "ContainerImage", fields: &[
    may("names", List(&Text)),
    may("sizeBytes", Int64),
] };

static CORE_V1_CONTAINER_PORT: Type = Type { name: "ContainerPort", fields: &[
    must("containerPort", Int32),
    may("hostIP", Text),
    may("hostPort", Int32),
    may("name", Text),
    may("protocol", Text),
] };

static CORE_V1_CONTAINER_RESIZE_POLICY: Type = Type { name: "ContainerResizePolicy", fields: &[
    must("resourceName", Text),
    must("restartPolicy", Text),
] };

static CORE_V1_CONTAINER_RESTART_RULE: Type = Type { name: "ContainerRestartRule", fields: &[
    must("action", Text),
    may("exitCodes", Part(&CORE_V1_CONTAINER_RESTART_RULE_ON_EXIT_CODES)),
] };

static CORE_V1_CONTAINER_RESTART_RULE_ON_EXIT_CODES: Type = Type { name: "ContainerRestartRuleOnExitCodes", fields: &[
    must("operator", Text),
    may("values", List(&Int32)),
] };

static CORE_V1_CONTAINER_STATE: Type = Type { name: "ContainerState", fields: &[
    may("running", Part(&CORE_V1_CONTAINER_STATE_RUNNING)),
    may("terminated", Part(&CORE_V1_CONTAINER_STATE_TERMINATED)),
    may("waiting", Part(&CORE_V1_CONTAINER_STATE_WAITING)),
] };

static CORE_V1_CONTAINER_STATE_RUNNING: Type = Type { name: "ContainerStateRunning", fields: &[
    may("startedAt", Time),
] };

static CORE_V1_CONTAINER_STATE_TERMINATED: Type = Type { name: "ContainerStateTerminated", fields: &[
    may("containerID", Text),
    must("exitCode", Int32),
    may("finishedAt", Time),
    may("message", Text),
    may("reason", Text),
    may("signal", Int32),
    may("startedAt", Time),
] };

static CORE_V1_CONTAINER_STATE_WAITING: Type = Type { name: "ContainerStateWaiting", fields: &[
    may("message", Text),
    may("reason", Text),
] };

static CORE_V1_CONTAINER_STATUS: Type = Type { name: "ContainerStatus", fields: &[
    may("allocatedResources", Map(&Quantity)),
    may("allocatedResourcesStatus", List(&Part(&CORE_V1_RESOURCE_STATUS))),
    may("containerID", Text),
    must("image", Text),
    must("imageID", Text),
    may("lastState", Part(&CORE_V1_CONTAINER_STATE)),
    must("name", Text),
    must("ready", Flag),
    may("resources", Part(&CORE_V1_RESOURCE_REQUIREMENTS)),
    must("restartCount", Int32),
    may("started", Flag),
    may("state", Part(&CORE_V1_CONTAINER_STATE)),
    may("stopSignal", Text),
    may("user", Part(&CORE_V1_CONTAINER_USER)),
    may("volumeMounts", List(&Part(&CORE_V1_VOLUME_MOUNT_STATUS))),
] };

static CORE_V1_CONTAINER_USER: Type = Type { name: "ContainerUser", fields: &[
    may("linux", Part(&CORE_V1_LINUX_CONTAINER_USER)),
] };

static CORE_V1_CSI_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "CSIPersistentVolumeSource", fields: &[
    may("controllerExpandSecretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("controllerPublishSecretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    must("driver", Text),
    may("fsType", Text),
    may("nodeExpandSecretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("nodePublishSecretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("nodeStageSecretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("readOnly", Flag),
    may("volumeAttributes", Map(&Text)),
    must("volumeHandle", Text),
] };

static CORE_V1_CSI_VOLUME_SOURCE: Type = Type { name: "CSIVolumeSource", fields: &[
    must("driver", Text),
    may("fsType", Text),
    may("nodePublishSecretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    may("readOnly", Flag),
    may("volumeAttributes", Map(&Text)),
] };

static CORE_V1_DAEMON_ENDPOINT: Type = Type { name: "DaemonEndpoint", fields: &[
    must("Port", Int32),
] };

static CORE_V1_DOWNWARD_API_PROJECTION: Type = Type { name: "DownwardAPIProjection", fields: &[
    may("items", List(&Part(&CORE_V1_DOWNWARD_API_VOLUME_FILE))),
] };

static CORE_V1_DOWNWARD_API_VOLUME_FILE: Type = Type { name: "DownwardAPIVolumeFile", fields: &[
    may("fieldRef", Part(&CORE_V1_OBJECT_FIELD_SELECTOR)),
    may("mode", Int32),
    must("path", Text),
    may("resourceFieldRef", Part(&CORE_V1_RESOURCE_FIELD_SELECTOR)),
] };

static CORE_V1_DOWNWARD_API_VOLUME_SOURCE: Type = Type { name: "DownwardAPIVolumeSource", fields: &[
    may("defaultMode", Int32),
    may("items", List(&Part(&CORE_V1_DOWNWARD_API_VOLUME_FILE))),
] };

static CORE_V1_EMPTY_DIR_VOLUME_SOURCE: Type = Type { name: "EmptyDirVolumeSource", fields: &[
    may("medium", Text),
    may("sizeLimit", Quantity),
] };

static CORE_V1_ENDPOINTS: Type = Type { name: "Endpoints", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("subsets", List(&Part(&CORE_V1_ENDPOINT_SUBSET))),
] };

static CORE_V1_ENDPOINT_ADDRESS: Type = Type { name: "EndpointAddress", fields: &[
    may("hostname", Text),
    must("ip", Text),
    may("nodeName", Text),
    may("targetRef", Part(&CORE_V1_OBJECT_REFERENCE)),
] };

static CORE_V1_ENDPOINT_PORT: Type = Type { name: "EndpointPort", fields: &[
    may("appProtocol", Text),
    may("name", Text),
    must("port", Int32),
    may("protocol", Text),
] };

static CORE_V1_ENDPOINT_SUBSET: Type = Type { name: "EndpointSubset", fields: &[
    may("addresses", List(&Part(&CORE_V1_ENDPOINT_ADDRESS))),
    may("notReadyAddresses", List(&Part(&CORE_V1_ENDPOINT_ADDRESS))),
    may("ports", List(&Part(&CORE_V1_ENDPOINT_PORT))),
] };

static CORE_V1_ENV_FROM_SOURCE: Type = Type { name: "EnvFromSource", fields: &[
    may("configMapRef", Part(&CORE_V1_CONFIG_MAP_ENV_SOURCE)),
    may("prefix", Text),
    may("secretRef", Part(&CORE_V1_SECRET_ENV_SOURCE)),
] };

static CORE_V1_ENV_VAR: Type = Type { name: "EnvVar", fields: &[
    must("name", Text),
    may("value", Text),
    may("valueFrom", Part(&CORE_V1_ENV_VAR_SOURCE)),
] };

static CORE_V1_ENV_VAR_SOURCE: Type = Type { name: "EnvVarSource", fields: &[
    may("configMapKeyRef", Part(&CORE_V1_CONFIG_MAP_KEY_SELECTOR)),
    may("fieldRef", Part(&CORE_V1_OBJECT_FIELD_SELECTOR)),
    may("fileKeyRef", Part(&CORE_V1_FILE_KEY_SELECTOR)),
    may("resourceFieldRef", Part(&CORE_V1_RESOURCE_FIELD_SELECTOR)),
    may("secretKeyRef", Part(&CORE_V1_SECRET_KEY_SELECTOR)),
] };

static CORE_V1_EPHEMERAL_CONTAINER: Type = Type { name: "EphemeralContainer", fields: &[
    may("args", List(&Text)),
    may("command", List(&Text)),
    may("env", List(&Part(&CORE_V1_ENV_VAR))),
    may("envFrom", List(&Part(&CORE_V1_ENV_FROM_SOURCE))),
    may("image", Text),
    may("imagePullPolicy", Text),
    may("lifecycle", Part(&CORE_V1_LIFECYCLE)),
    may("livenessProbe", Part(&CORE_V1_PROBE)),
    must("name", Text),
    may("ports", List(&Part(&CORE_V1_CONTAINER_PORT))),
    may("readinessProbe", Part(&CORE_V1_PROBE)),
    may("resizePolicy", List(&Part(&CORE_V1_CONTAINER_RESIZE_POLICY))),
    may("resources", Part(&CORE_V1_RESOURCE_REQUIREMENTS)),
    may("restartPolicy", Text),
    may("restartPolicyRules", List(&Part(&CORE_V1_CONTAINER_RESTART_RULE))),
    may("securityContext", Part(&CORE_V1_SECURITY_CONTEXT)),
    may("startupProbe", Part(&CORE_V1_PROBE)),
    may("stdin", Flag),
    may("stdinOnce", Flag),
    may("targetContainerName", Text),
    may("terminationMessagePath", Text),
    may("terminationMessagePolicy", Text),
    may("tty", Flag),
    may("volumeDevices", List(&Part(&CORE_V1_VOLUME_DEVICE))),
    may("volumeMounts", List(&Part(&CORE_V1_VOLUME_MOUNT))),
    may("workingDir", Text),
] };

static CORE_V1_EPHEMERAL_VOLUME_SOURCE: Type = Type { name: "EphemeralVolumeSource", fields: &[
    may("volumeClaimTemplate", Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM_TEMPLATE)),
] };

static CORE_V1_EVENT: Type = Type { name: "Event", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("action", Text),
    may("count", Int32),
    may("eventTime", MicroTime),
    may("firstTimestamp", Time),
    must("involvedObject", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("lastTimestamp", Time),
    may("message", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("reason", Text),
    may("related", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("reportingComponent", Text),
    may("reportingInstance", Text),
    may("series", Part(&CORE_V1_EVENT_SERIES)),
    may("source", Part(&CORE_V1_EVENT_SOURCE)),
    may("type", Text),
] };

static CORE_V1_EVENT_SERIES: Type = Type { name: "EventSeries", fields: &[
    may("count", Int32),
    may("lastObservedTime", MicroTime),
] };

static CORE_V1_EVENT_SOURCE: Type = Type { name: "EventSource", fields: &[
    may("component", Text),
    may("host", Text),
] };

static CORE_V1_EXEC_ACTION: Type = Type { name: "ExecAction", fields: &[
    may("command", List(&Text)),
] };

static CORE_V1_FC_VOLUME_SOURCE: Type = Type { name: "FCVolumeSource", fields: &[
    may("fsType", Text),
    may("lun", Int32),
    may("readOnly", Flag),
    may("targetWWNs", List(&Text)),
    may("wwids", List(&Text)),
] };

static CORE_V1_FILE_KEY_SELECTOR: Type = Type { name: "FileKeySelector", fields: &[
    must("key", Text),
    may("optional", Flag),
    must("path", Text),
    must("volumeName", Text),
] };

static CORE_V1_FLEX_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "FlexPersistentVolumeSource", fields: &[
    must("driver", Text),
    may("fsType", Text),
    may("options", Map(&Text)),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_SECRET_REFERENCE)),
] };

static CORE_V1_FLEX_VOLUME_SOURCE: Type = Type { name: "FlexVolumeSource", fields: &[
    must("driver", Text),
    may("fsType", Text),
    may("options", Map(&Text)),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
] };

static CORE_V1_FLOCKER_VOLUME_SOURCE: Type = Type { name: "FlockerVolumeSource", fields: &[
    may("datasetName", Text),
    may("datasetUUID", Text),
] };

static CORE_V1_GCE_PERSISTENT_DISK_VOLUME_SOURCE: Type = Type { name: "GCEPersistentDiskVolumeSource", fields: &[
    may("fsType", Text),
    may("partition", Int32),
    must("pdName", Text),
    may("readOnly", Flag),
] };

static CORE_V1_GIT_REPO_VOLUME_SOURCE: Type = Type { name: "GitRepoVolumeSource", fields: &[
    may("directory", Text),
    must("repository", Text),
    may("revision", Text),
] };

static CORE_V1_GLUSTERFS_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "GlusterfsPersistentVolumeSource", fields: &[
    must("endpoints", Text),
    may("endpointsNamespace", Text),
    must("path", Text),
    may("readOnly", Flag),
] };

static CORE_V1_GLUSTERFS_VOLUME_SOURCE: Type = Type { name: "GlusterfsVolumeSource", fields: &[
    must("endpoints", Text),
    must("path", Text),
    may("readOnly", Flag),
] };

static CORE_V1_GRPC_ACTION: Type = Type { name: "GRPCAction", fields: &[
    must("port", Int32),
    may("service", Text),
] };

static CORE_V1_HOST_ALIAS: Type = Type { name: "HostAlias", fields: &[
    may("hostnames", List(&Text)),
    must("ip", Text),
] };

static CORE_V1_HOST_IP: Type = Type { name: "HostIP", fields: &[
    must("ip", Text),
] };

static CORE_V1_HOST_PATH_VOLUME_SOURCE: Type = Type { name: "HostPathVolumeSource", fields: &[
    must("path", Text),
    may("type", Text),
] };

static CORE_V1_HTTP_GET_ACTION: Type = Type { name: "HTTPGetAction", fields: &[
    may("host", Text),
    may("httpHeaders", List(&Part(&CORE_V1_HTTP_HEADER))),
    may("path", Text),
    must("port", IntOrText),
    may("scheme", Text),
] };

static CORE_V1_HTTP_HEADER: Type = Type { name: "HTTPHeader", fields: &[
    must("name", Text),
    must("value", Text),
] };

static CORE_V1_IMAGE_VOLUME_SOURCE: Type = Type { name: "ImageVolumeSource", fields: &[
    may("pullPolicy", Text),
    may("reference", Text),
] };

static CORE_V1_IMAGE_VOLUME_STATUS: Type = Type { name: "ImageVolumeStatus", fields: &[
    must("imageRef", Text),
] };

static CORE_V1_ISCSI_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "ISCSIPersistentVolumeSource", fields: &[
    may("chapAuthDiscovery", Flag),
    may("chapAuthSession", Flag),
    may("fsType", Text),
    may("initiatorName", Text),
    must("iqn", Text),
    may("iscsiInterface", Text),
    must("lun", Int32),
    may("portals", List(&Text)),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    must("targetPortal", Text),
] };

static CORE_V1_ISCSI_VOLUME_SOURCE: Type = Type { name: "ISCSIVolumeSource", fields: &[
    may("chapAuthDiscovery", Flag),
    may("chapAuthSession", Flag),
    may("fsType", Text),
    may("initiatorName", Text),
    must("iqn", Text),
    may("iscsiInterface", Text),
    must("lun", Int32),
    may("portals", List(&Text)),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    must("targetPortal", Text),
] };

static CORE_V1_KEY_TO_PATH: Type = Type { name: "KeyToPath", fields: &[
    must("key", Text),
    may("mode", Int32),
    must("path", Text),
] };

static CORE_V1_LIFECYCLE: Type = Type { name: "Lifecycle", fields: &[
    may("postStart", Part(&CORE_V1_LIFECYCLE_HANDLER)),
    may("preStop", Part(&CORE_V1_LIFECYCLE_HANDLER)),
    may("stopSignal", Text),
] };

static CORE_V1_LIFECYCLE_HANDLER: Type = Type { name: "LifecycleHandler", fields: &[
    may("exec", Part(&CORE_V1_EXEC_ACTION)),
    may("httpGet", Part(&CORE_V1_HTTP_GET_ACTION)),
    may("sleep", Part(&CORE_V1_SLEEP_ACTION)),
    may("tcpSocket", Part(&CORE_V1_TCP_SOCKET_ACTION)),
] };

static CORE_V1_LIMIT_RANGE: Type = Type { name: "LimitRange", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_LIMIT_RANGE_SPEC)),
] };

static CORE_V1_LIMIT_RANGE_ITEM: Type = Type { name: "LimitRangeItem", fields: &[
    may("default", Map(&Quantity)),
    may("defaultRequest", Map(&Quantity)),
    may("max", Map(&Quantity)),
    may("maxLimitRequestRatio", Map(&Quantity)),
    may("min", Map(&Quantity)),
    must("type", Text),
] };

static CORE_V1_LIMIT_RANGE_SPEC: Type = Type { name: "LimitRangeSpec", fields: &[
    must("limits", List(&Part(&CORE_V1_LIMIT_RANGE_ITEM))),
] };

static CORE_V1_LINUX_CONTAINER_USER: Type = Type { name: "LinuxContainerUser", fields: &[
    must("gid", Int64),
    may("supplementalGroups", List(&Int64)),
    must("uid", Int64),
] };

static CORE_V1_LOAD_BALANCER_INGRESS: Type = Type { name: "LoadBalancerIngress", fields: &[
    may("hostname", Text),
    may("ip", Text),
    may("ipMode", Text),
    may("ports", List(&Part(&CORE_V1_PORT_STATUS))),
] };

static CORE_V1_LOAD_BALANCER_STATUS: Type = Type { name: "LoadBalancerStatus", fields: &[
    may("ingress", List(&Part(&CORE_V1_LOAD_BALANCER_INGRESS))),
] };

static CORE_V1_LOCAL_OBJECT_REFERENCE: Type = Type { name: "LocalObjectReference", fields: &[
    must("name", Text),
] };

static CORE_V1_LOCAL_VOLUME_SOURCE: Type = Type { name: "LocalVolumeSource", fields: &[
    may("fsType", Text),
    must("path", Text),
] };

static CORE_V1_MODIFY_VOLUME_STATUS: Type = Type { name: "ModifyVolumeStatus", fields: &[
    must("status", Text),
    may("targetVolumeAttributesClassName", Text),
] };

static CORE_V1_NAMESPACE: Type = Type { name: "Namespace", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_NAMESPACE_SPEC)),
    may("status", Part(&CORE_V1_NAMESPACE_STATUS)),
] };

static CORE_V1_NAMESPACE_CONDITION: Type = Type { name: "NamespaceCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static CORE_V1_NAMESPACE_SPEC: Type = Type { name: "NamespaceSpec", fields: &[
    may("finalizers", List(&Text)),
] };

static CORE_V1_NAMESPACE_STATUS: Type = Type { name: "NamespaceStatus", fields: &[
    may("conditions", List(&Part(&CORE_V1_NAMESPACE_CONDITION))),
    may("phase", Text),
] };

static CORE_V1_NFS_VOLUME_SOURCE: Type = Type { name: "NFSVolumeSource", fields: &[
    must("path", Text),
    may("readOnly", Flag),
    must("server", Text),
] };

static CORE_V1_NODE: Type = Type { name: "Node", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_NODE_SPEC)),
    may("status", Part(&CORE_V1_NODE_STATUS)),
] };

static CORE_V1_NODE_ADDRESS: Type = Type { name: "NodeAddress", fields: &[
    must("address", Text),
    must("type", Text),
] };

static CORE_V1_NODE_AFFINITY: Type = Type { name: "NodeAffinity", fields: &[
    may("preferredDuringSchedulingIgnoredDuringExecution", List(&Part(&CORE_V1_PREFERRED_SCHEDULING_TERM))),
    may("requiredDuringSchedulingIgnoredDuringExecution", Part(&CORE_V1_NODE_SELECTOR)),
] };

static CORE_V1_NODE_ALLOCATABLE_RESOURCE_CLAIM_STATUS: Type = Type { name: "NodeAllocatableResourceClaimStatus", fields: &[
    may("containers", List(&Text)),
    must("resourceClaimName", Text),
    must("resources", Map(&Quantity)),
] };

static CORE_V1_NODE_CONDITION: Type = Type { name: "NodeCondition", fields: &[
    may("lastHeartbeatTime", Time),
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static CORE_V1_NODE_CONFIG_SOURCE: Type = Type { name: "NodeConfigSource", fields: &[
    may("configMap", Part(&CORE_V1_CONFIG_MAP_NODE_CONFIG_SOURCE)),
] };

static CORE_V1_NODE_CONFIG_STATUS: Type = Type { name: "NodeConfigStatus", fields: &[
    may("active", Part(&CORE_V1_NODE_CONFIG_SOURCE)),
    may("assigned", Part(&CORE_V1_NODE_CONFIG_SOURCE)),
    may("error", Text),
    may("lastKnownGood", Part(&CORE_V1_NODE_CONFIG_SOURCE)),
] };

static CORE_V1_NODE_DAEMON_ENDPOINTS: Type = Type { name: "NodeDaemonEndpoints", fields: &[
    may("kubeletEndpoint", Part(&CORE_V1_DAEMON_ENDPOINT)),
] };

static CORE_V1_NODE_FEATURES: Type = Type { name: "NodeFeatures", fields: &[
    may("supplementalGroupsPolicy", Flag),
] };

static CORE_V1_NODE_RUNTIME_HANDLER: Type = Type { name: "NodeRuntimeHandler", fields: &[
    may("features", Part(&CORE_V1_NODE_RUNTIME_HANDLER_FEATURES)),
    may("name", Text),
] };

static CORE_V1_NODE_RUNTIME_HANDLER_FEATURES: Type = Type { name: "NodeRuntimeHandlerFeatures", fields: &[
    may("recursiveReadOnlyMounts", Flag),
    may("userNamespaces", Flag),
] };

static CORE_V1_NODE_SELECTOR: Type = Type { name: "NodeSelector", fields: &[
    must("nodeSelectorTerms", List(&Part(&CORE_V1_NODE_SELECTOR_TERM))),
] };

static CORE_V1_NODE_SELECTOR_REQUIREMENT: Type = Type { name: "NodeSelectorRequirement", fields: &[
    must("key", Text),
    must("operator", Text),
    may("values", List(&Text)),
] };

static CORE_V1_NODE_SELECTOR_TERM: Type = Type { name: "NodeSelectorTerm", fields: &[
    may("matchExpressions", List(&Part(&CORE_V1_NODE_SELECTOR_REQUIREMENT))),
    may("matchFields", List(&Part(&CORE_V1_NODE_SELECTOR_REQUIREMENT))),
] };

static CORE_V1_NODE_SPEC: Type = Type { name: "NodeSpec", fields: &[
    may("configSource", Part(&CORE_V1_NODE_CONFIG_SOURCE)),
    may("externalID", Text),
    may("podCIDR", Text),
    may("podCIDRs", List(&Text)),
    may("providerID", Text),
    may("taints", List(&Part(&CORE_V1_TAINT))),
    may("unschedulable", Flag),
] };

static CORE_V1_NODE_STATUS: Type = Type { name: "NodeStatus", fields: &[
    may("addresses", List(&Part(&CORE_V1_NODE_ADDRESS))),
    may("allocatable", Map(&Quantity)),
    may("capacity", Map(&Quantity)),
    may("conditions", List(&Part(&CORE_V1_NODE_CONDITION))),
    may("config", Part(&CORE_V1_NODE_CONFIG_STATUS)),
    may("daemonEndpoints", Part(&CORE_V1_NODE_DAEMON_ENDPOINTS)),
    may("declaredFeatures", List(&Text)),
    may("features", Part(&CORE_V1_NODE_FEATURES)),
    may("images", List(&Part(&CORE_V1_CONTAINER_IMAGE))),
    may("nodeInfo", Part(&CORE_V1_NODE_SYSTEM_INFO)),
    may("phase", Text),
    may("runtimeHandlers", List(&Part(&CORE_V1_NODE_RUNTIME_HANDLER))),
    may("volumesAttached", List(&Part(&CORE_V1_ATTACHED_VOLUME))),
    may("volumesInUse", List(&Text)),
] };

static CORE_V1_NODE_SWAP_STATUS: Type = Type { name: "NodeSwapStatus", fields: &[
    may("capacity", Int64),
] };

static CORE_V1_NODE_SYSTEM_INFO: Type = Type { name: "NodeSystemInfo", fields: &[
    must("architecture", Text),
    must("bootID", Text),
    must("containerRuntimeVersion", Text),
    must("kernelVersion", Text),
    must("kubeProxyVersion", Text),
    must("kubeletVersion", Text),
    must("machineID", Text),
    must("operatingSystem", Text),
    must("osImage", Text),
    may("swap", Part(&CORE_V1_NODE_SWAP_STATUS)),
    must("systemUUID", Text),
] };

static CORE_V1_OBJECT_FIELD_SELECTOR: Type = Type { name: "ObjectFieldSelector", fields: &[
    may("apiVersion", Text),
    must("fieldPath", Text),
] };

static CORE_V1_OBJECT_REFERENCE: Type = Type { name: "ObjectReference", fields: &[
    may("apiVersion", Text),
    may("fieldPath", Text),
    may("kind", Text),
    may("name", Text),
    may("namespace", Text),
    may("resourceVersion", Text),
    may("uid", Text),
] };

static CORE_V1_PERSISTENT_VOLUME: Type = Type { name: "PersistentVolume", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_PERSISTENT_VOLUME_SPEC)),
    may("status", Part(&CORE_V1_PERSISTENT_VOLUME_STATUS)),
] };

static CORE_V1_PERSISTENT_VOLUME_CLAIM: Type = Type { name: "PersistentVolumeClaim", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM_SPEC)),
    may("status", Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM_STATUS)),
] };

static CORE_V1_PERSISTENT_VOLUME_CLAIM_CONDITION: Type = Type { name: "PersistentVolumeClaimCondition", fields: &[
    may("lastProbeTime", Time),
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static CORE_V1_PERSISTENT_VOLUME_CLAIM_SPEC: Type = Type { name: "PersistentVolumeClaimSpec", fields: &[
    may("accessModes", List(&Text)),
    may("dataSource", Part(&CORE_V1_TYPED_LOCAL_OBJECT_REFERENCE)),
    may("dataSourceRef", Part(&CORE_V1_TYPED_OBJECT_REFERENCE)),
    may("resources", Part(&CORE_V1_VOLUME_RESOURCE_REQUIREMENTS)),
    may("selector", Part(&META_V1_LABEL_SELECTOR)),
    may("storageClassName", Text),
    may("volumeAttributesClassName", Text),
    may("volumeMode", Text),
    may("volumeName", Text),
] };

static CORE_V1_PERSISTENT_VOLUME_CLAIM_STATUS: Type = Type { name: "PersistentVolumeClaimStatus", fields: &[
    may("accessModes", List(&Text)),
    may("allocatedResourceStatuses", Map(&Text)),
    may("allocatedResources", Map(&Quantity)),
    may("capacity", Map(&Quantity)),
    may("conditions", List(&Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM_CONDITION))),
    may("currentVolumeAttributesClassName", Text),
    may("modifyVolumeStatus", Part(&CORE_V1_MODIFY_VOLUME_STATUS)),
    may("phase", Text),
] };

static CORE_V1_PERSISTENT_VOLUME_CLAIM_TEMPLATE: Type = Type { name: "PersistentVolumeClaimTemplate", fields: &[
    may("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM_SPEC)),
] };

static CORE_V1_PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Type = Type { name: "PersistentVolumeClaimVolumeSource", fields: &[
    must("claimName", Text),
    may("readOnly", Flag),
] };

static CORE_V1_PERSISTENT_VOLUME_SPEC: Type = Type { name: "PersistentVolumeSpec", fields: &[
    may("accessModes", List(&Text)),
    may("awsElasticBlockStore", Part(&CORE_V1_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)),
    may("azureDisk", Part(&CORE_V1_AZURE_DISK_VOLUME_SOURCE)),
    may("azureFile", Part(&CORE_V1_AZURE_FILE_PERSISTENT_VOLUME_SOURCE)),
    may("capacity", Map(&Quantity)),
    may("cephfs", Part(&CORE_V1_CEPH_FS_PERSISTENT_VOLUME_SOURCE)),
    may("cinder", Part(&CORE_V1_CINDER_PERSISTENT_VOLUME_SOURCE)),
    may("claimRef", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("csi", Part(&CORE_V1_CSI_PERSISTENT_VOLUME_SOURCE)),
    may("fc", Part(&CORE_V1_FC_VOLUME_SOURCE)),
    may("flexVolume", Part(&CORE_V1_FLEX_PERSISTENT_VOLUME_SOURCE)),
    may("flocker", Part(&CORE_V1_FLOCKER_VOLUME_SOURCE)),
    may("gcePersistentDisk", Part(&CORE_V1_GCE_PERSISTENT_DISK_VOLUME_SOURCE)),
    may("glusterfs", Part(&CORE_V1_GLUSTERFS_PERSISTENT_VOLUME_SOURCE)),
    may("hostPath", Part(&CORE_V1_HOST_PATH_VOLUME_SOURCE)),
    may("iscsi", Part(&CORE_V1_ISCSI_PERSISTENT_VOLUME_SOURCE)),
    may("local", Part(&CORE_V1_LOCAL_VOLUME_SOURCE)),
    may("mountOptions", List(&Text)),
    may("nfs", Part(&CORE_V1_NFS_VOLUME_SOURCE)),
    may("nodeAffinity", Part(&CORE_V1_VOLUME_NODE_AFFINITY)),
    may("persistentVolumeReclaimPolicy", Text),
    may("photonPersistentDisk", Part(&CORE_V1_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)),
    may("portworxVolume", Part(&CORE_V1_PORTWORX_VOLUME_SOURCE)),
    may("quobyte", Part(&CORE_V1_QUOBYTE_VOLUME_SOURCE)),
    may("rbd", Part(&CORE_V1_RBD_PERSISTENT_VOLUME_SOURCE)),
    may("scaleIO", Part(&CORE_V1_SCALE_IO_PERSISTENT_VOLUME_SOURCE)),
    may("storageClassName", Text),
    may("storageos", Part(&CORE_V1_STORAGE_OS_PERSISTENT_VOLUME_SOURCE)),
    may("volumeAttributesClassName", Text),
    may("volumeMode", Text),
    may("vsphereVolume", Part(&CORE_V1_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)),
] };

static CORE_V1_PERSISTENT_VOLUME_STATUS: Type = Type { name: "PersistentVolumeStatus", fields: &[
    may("lastPhaseTransitionTime", Time),
    may("message", Text),
    may("phase", Text),
    may("reason", Text),
] };

static CORE_V1_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Type = Type { name: "PhotonPersistentDiskVolumeSource", fields: &[
    may("fsType", Text),
    must("pdID", Text),
] };

static CORE_V1_POD: Type = Type { name: "Pod", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_POD_SPEC)),
    may("status", Part(&CORE_V1_POD_STATUS)),
] };

static CORE_V1_POD_AFFINITY: Type = Type { name: "PodAffinity", fields: &[
    may("preferredDuringSchedulingIgnoredDuringExecution", List(&Part(&CORE_V1_WEIGHTED_POD_AFFINITY_TERM))),
    may("requiredDuringSchedulingIgnoredDuringExecution", List(&Part(&CORE_V1_POD_AFFINITY_TERM))),
] };

static CORE_V1_POD_AFFINITY_TERM: Type = Type { name: "PodAffinityTerm", fields: &[
    may("labelSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("matchLabelKeys", List(&Text)),
    may("mismatchLabelKeys", List(&Text)),
    may("namespaceSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("namespaces", List(&Text)),
    must("topologyKey", Text),
] };

static CORE_V1_POD_ANTI_AFFINITY: Type = Type { name: "PodAntiAffinity", fields: &[
    may("preferredDuringSchedulingIgnoredDuringExecution", List(&Part(&CORE_V1_WEIGHTED_POD_AFFINITY_TERM))),
    may("requiredDuringSchedulingIgnoredDuringExecution", List(&Part(&CORE_V1_POD_AFFINITY_TERM))),
] };

static CORE_V1_POD_CERTIFICATE_PROJECTION: Type = Type { name: "PodCertificateProjection", fields: &[
    may("certificateChainPath", Text),
    may("credentialBundlePath", Text),
    may("keyPath", Text),
    must("keyType", Text),
    may("maxExpirationSeconds", Int32),
    must("signerName", Text),
    may("userAnnotations", Map(&Text)),
] };

static CORE_V1_POD_CONDITION: Type = Type { name: "PodCondition", fields: &[
    may("lastProbeTime", Time),
    may("lastTransitionTime", Time),
    may("message", Text),
    may("observedGeneration", Int64),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static CORE_V1_POD_DNS_CONFIG: Type = Type { name: "PodDNSConfig", fields: &[
    may("nameservers", List(&Text)),
    may("options", List(&Part(&CORE_V1_POD_DNS_CONFIG_OPTION))),
    may("searches", List(&Text)),
] };

static CORE_V1_POD_DNS_CONFIG_OPTION: Type = Type { name: "PodDNSConfigOption", fields: &[
    may("name", Text),
    may("value", Text),
] };

static CORE_V1_POD_EXTENDED_RESOURCE_CLAIM_STATUS: Type = Type { name: "PodExtendedResourceClaimStatus", fields: &[
    must("requestMappings", List(&Part(&CORE_V1_CONTAINER_EXTENDED_RESOURCE_REQUEST))),
    must("resourceClaimName", Text),
] };

static CORE_V1_POD_IP: Type = Type { name: "PodIP", fields: &[
    must("ip", Text),
] };

static CORE_V1_POD_OS: Type = Type { name: "PodOS", fields: &[
    must("name", Text),
] };

static CORE_V1_POD_READINESS_GATE: Type = Type { name: "PodReadinessGate", fields: &[
    must("conditionType", Text),
] };

static CORE_V1_POD_RESOURCE_CLAIM: Type = Type { name: "PodResourceClaim", fields: &[
    must("name", Text),
    may("resourceClaimName", Text),
    may("resourceClaimTemplateName", Text),
] };

static CORE_V1_POD_RESOURCE_CLAIM_STATUS: Type = Type { name: "PodResourceClaimStatus", fields: &[
    must("name", Text),
    may("resourceClaimName", Text),
] };

static CORE_V1_POD_SCHEDULING_GATE: Type = Type { name: "PodSchedulingGate", fields: &[
    must("name", Text),
] };

static CORE_V1_POD_SCHEDULING_GROUP: Type = Type { name: "PodSchedulingGroup", fields: &[
    may("podGroupName", Text),
] };

static CORE_V1_POD_SECURITY_CONTEXT: Type = Type { name: "PodSecurityContext", fields: &[
    may("appArmorProfile", Part(&CORE_V1_APP_ARMOR_PROFILE)),
    may("fsGroup", Int64),
    may("fsGroupChangePolicy", Text),
    may("runAsGroup", Int64),
    may("runAsNonRoot", Flag),
    may("runAsUser", Int64),
    may("seLinuxChangePolicy", Text),
    may("seLinuxOptions", Part(&CORE_V1_SE_LINUX_OPTIONS)),
    may("seccompProfile", Part(&CORE_V1_SECCOMP_PROFILE)),
    may("supplementalGroups", List(&Int64)),
    may("supplementalGroupsPolicy", Text),
    may("sysctls", List(&Part(&CORE_V1_SYSCTL))),
    may("windowsOptions", Part(&CORE_V1_WINDOWS_SECURITY_CONTEXT_OPTIONS)),
] };

static CORE_V1_POD_SPEC: Type = Type { name: "PodSpec", fields: &[
    may("activeDeadlineSeconds", Int64),
    may("affinity", Part(&CORE_V1_AFFINITY)),
    may("automountServiceAccountToken", Flag),
    must("containers", List(&Part(&CORE_V1_CONTAINER))),
    may("dnsConfig", Part(&CORE_V1_POD_DNS_CONFIG)),
    may("dnsPolicy", Text),
    may("enableServiceLinks", Flag),
    may("ephemeralContainers", List(&Part(&CORE_V1_EPHEMERAL_CONTAINER))),
    may("hostAliases", List(&Part(&CORE_V1_HOST_ALIAS))),
    may("hostIPC", Flag),
    may("hostNetwork", Flag),
    may("hostPID", Flag),
    may("hostUsers", Flag),
    may("hostname", Text),
    may("hostnameOverride", Text),
    may("imagePullSecrets", List(&Part(&CORE_V1_LOCAL_OBJECT_REFERENCE))),
    may("initContainers", List(&Part(&CORE_V1_CONTAINER))),
    may("nodeName", Text),
    may("nodeSelector", Map(&Text)),
    may("os", Part(&CORE_V1_POD_OS)),
    may("overhead", Map(&Quantity)),
    may("preemptionPolicy", Text),
    may("priority", Int32),
    may("priorityClassName", Text),
    may("readinessGates", List(&Part(&CORE_V1_POD_READINESS_GATE))),
    may("resourceClaims", List(&Part(&CORE_V1_POD_RESOURCE_CLAIM))),
    may("resources", Part(&CORE_V1_RESOURCE_REQUIREMENTS)),
    may("restartPolicy", Text),
    may("runtimeClassName", Text),
    may("schedulerName", Text),
    may("schedulingGates", List(&Part(&CORE_V1_POD_SCHEDULING_GATE))),
    may("schedulingGroup", Part(&CORE_V1_POD_SCHEDULING_GROUP)),
    may("securityContext", Part(&CORE_V1_POD_SECURITY_CONTEXT)),
    may("serviceAccount", Text),
    may("serviceAccountName", Text),
    may("setHostnameAsFQDN", Flag),
    may("shareProcessNamespace", Flag),
    may("subdomain", Text),
    may("terminationGracePeriodSeconds", Int64),
    may("tolerations", List(&Part(&CORE_V1_TOLERATION))),
    may("topologySpreadConstraints", List(&Part(&CORE_V1_TOPOLOGY_SPREAD_CONSTRAINT))),
    may("volumes", List(&Part(&CORE_V1_VOLUME))),
] };

static CORE_V1_POD_STATUS: Type = Type { name: "PodStatus", fields: &[
    may("allocatedResources", Map(&Quantity)),
    may("conditions", List(&Part(&CORE_V1_POD_CONDITION))),
    may("containerStatuses", List(&Part(&CORE_V1_CONTAINER_STATUS))),
    may("ephemeralContainerStatuses", List(&Part(&CORE_V1_CONTAINER_STATUS))),
    may("extendedResourceClaimStatus", Part(&CORE_V1_POD_EXTENDED_RESOURCE_CLAIM_STATUS)),
    may("hostIP", Text),
    may("hostIPs", List(&Part(&CORE_V1_HOST_IP))),
    may("initContainerStatuses", List(&Part(&CORE_V1_CONTAINER_STATUS))),
    may("message", Text),
    may("nodeAllocatableResourceClaimStatuses", List(&Part(&CORE_V1_NODE_ALLOCATABLE_RESOURCE_CLAIM_STATUS))),
    may("nominatedNodeName", Text),
    may("observedGeneration", Int64),
    may("phase", Text),
    may("podIP", Text),
    may("podIPs", List(&Part(&CORE_V1_POD_IP))),
    may("qosClass", Text),
    may("reason", Text),
    may("resize", Text),
    may("resourceClaimStatuses", List(&Part(&CORE_V1_POD_RESOURCE_CLAIM_STATUS))),
    may("resources", Part(&CORE_V1_RESOURCE_REQUIREMENTS)),
    may("startTime", Time),
] };

static CORE_V1_POD_TEMPLATE: Type = Type { name: "PodTemplate", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
] };

static CORE_V1_POD_TEMPLATE_SPEC: Type = Type { name: "PodTemplateSpec", fields: &[
    may("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_POD_SPEC)),
] };

static CORE_V1_PORTWORX_VOLUME_SOURCE: Type = Type { name: "PortworxVolumeSource", fields: &[
    may("fsType", Text),
    may("readOnly", Flag),
    must("volumeID", Text),
] };

static CORE_V1_PORT_STATUS: Type = Type { name: "PortStatus", fields: &[
    may("error", Text),
    must("port", Int32),
    must("protocol", Text),
] };

static CORE_V1_PREFERRED_SCHEDULING_TERM: Type = Type { name: "PreferredSchedulingTerm", fields: &[
    must("preference", Part(&CORE_V1_NODE_SELECTOR_TERM)),
    must("weight", Int32),
] };

static CORE_V1_PROBE: Type = Type { name: "Probe", fields: &[
    may("exec", Part(&CORE_V1_EXEC_ACTION)),
    may("failureThreshold", Int32),
    may("grpc", Part(&CORE_V1_GRPC_ACTION)),
    may("httpGet", Part(&CORE_V1_HTTP_GET_ACTION)),
    may("initialDelaySeconds", Int32),
    may("periodSeconds", Int32),
    may("successThreshold", Int32),
    may("tcpSocket", Part(&CORE_V1_TCP_SOCKET_ACTION)),
    may("terminationGracePeriodSeconds", Int64),
    may("timeoutSeconds", Int32),
] };

static CORE_V1_PROJECTED_VOLUME_SOURCE: Type = Type { name: "ProjectedVolumeSource", fields: &[
    may("defaultMode", Int32),
    may("sources", List(&Part(&CORE_V1_VOLUME_PROJECTION))),
] };

static CORE_V1_QUOBYTE_VOLUME_SOURCE: Type = Type { name: "QuobyteVolumeSource", fields: &[
    may("group", Text),
    may("readOnly", Flag),
    must("registry", Text),
    may("tenant", Text),
    may("user", Text),
    must("volume", Text),
] };

static CORE_V1_RBD_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "RBDPersistentVolumeSource", fields: &[
    may("fsType", Text),
    must("image", Text),
    may("keyring", Text),
    must("monitors", List(&Text)),
    may("pool", Text),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("user", Text),
] };

static CORE_V1_RBD_VOLUME_SOURCE: Type = Type { name: "RBDVolumeSource", fields: &[
    may("fsType", Text),
    must("image", Text),
    may("keyring", Text),
    must("monitors", List(&Text)),
    may("pool", Text),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    may("user", Text),
] };

static CORE_V1_REPLICATION_CONTROLLER: Type = Type { name: "ReplicationController", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_REPLICATION_CONTROLLER_SPEC)),
    may("status", Part(&CORE_V1_REPLICATION_CONTROLLER_STATUS)),
] };

static CORE_V1_REPLICATION_CONTROLLER_CONDITION: Type = Type { name: "ReplicationControllerCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static CORE_V1_REPLICATION_CONTROLLER_SPEC: Type = Type { name: "ReplicationControllerSpec", fields: &[
    may("minReadySeconds", Int32),
    may("replicas", Int32),
    may("selector", Map(&Text)),
    may("template", Part(&CORE_V1_POD_TEMPLATE_SPEC)),
] };

static CORE_V1_REPLICATION_CONTROLLER_STATUS: Type = Type { name: "ReplicationControllerStatus", fields: &[
    may("availableReplicas", Int32),
    may("conditions", List(&Part(&CORE_V1_REPLICATION_CONTROLLER_CONDITION))),
    may("fullyLabeledReplicas", Int32),
    may("observedGeneration", Int64),
    may("readyReplicas", Int32),
    must("replicas", Int32),
] };

static CORE_V1_RESOURCE_CLAIM: Type = Type { name: "ResourceClaim", fields: &[
    must("name", Text),
    may("request", Text),
] };

static CORE_V1_RESOURCE_FIELD_SELECTOR: Type = Type { name: "ResourceFieldSelector", fields: &[
    may("containerName", Text),
    may("divisor", Quantity),
    must("resource", Text),
] };

static CORE_V1_RESOURCE_HEALTH: Type = Type { name: "ResourceHealth", fields: &[
    may("health", Text),
    may("message", Text),
    must("resourceID", Text),
] };

static CORE_V1_RESOURCE_QUOTA: Type = Type { name: "ResourceQuota", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_RESOURCE_QUOTA_SPEC)),
    may("status", Part(&CORE_V1_RESOURCE_QUOTA_STATUS)),
] };

static CORE_V1_RESOURCE_QUOTA_SPEC: Type = Type { name: "ResourceQuotaSpec", fields: &[
    may("hard", Map(&Quantity)),
    may("scopeSelector", Part(&CORE_V1_SCOPE_SELECTOR)),
    may("scopes", List(&Text)),
] };

static CORE_V1_RESOURCE_QUOTA_STATUS: Type = Type { name: "ResourceQuotaStatus", fields: &[
    may("hard", Map(&Quantity)),
    may("used", Map(&Quantity)),
] };

static CORE_V1_RESOURCE_REQUIREMENTS: Type = Type { name: "ResourceRequirements", fields: &[
    may("claims", List(&Part(&CORE_V1_RESOURCE_CLAIM))),
    may("limits", Map(&Quantity)),
    may("requests", Map(&Quantity)),
] };

static CORE_V1_RESOURCE_STATUS: Type = Type { name: "ResourceStatus", fields: &[
    must("name", Text),
    may("resources", List(&Part(&CORE_V1_RESOURCE_HEALTH))),
] };

static CORE_V1_SCALE_IO_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "ScaleIOPersistentVolumeSource", fields: &[
    may("fsType", Text),
    must("gateway", Text),
    may("protectionDomain", Text),
    may("readOnly", Flag),
    must("secretRef", Part(&CORE_V1_SECRET_REFERENCE)),
    may("sslEnabled", Flag),
    may("storageMode", Text),
    may("storagePool", Text),
    must("system", Text),
    may("volumeName", Text),
] };

static CORE_V1_SCALE_IO_VOLUME_SOURCE: Type = Type { name: "ScaleIOVolumeSource", fields: &[
    may("fsType", Text),
    must("gateway", Text),
    may("protectionDomain", Text),
    may("readOnly", Flag),
    must("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    may("sslEnabled", Flag),
    may("storageMode", Text),
    may("storagePool", Text),
    must("system", Text),
    may("volumeName", Text),
] };

static CORE_V1_SCOPED_RESOURCE_SELECTOR_REQUIREMENT: Type = Type { name: "ScopedResourceSelectorRequirement", fields: &[
    must("operator", Text),
    must("scopeName", Text),
    may("values", List(&Text)),
] };

static CORE_V1_SCOPE_SELECTOR: Type = Type { name: "ScopeSelector", fields: &[
    may("matchExpressions", List(&Part(&CORE_V1_SCOPED_RESOURCE_SELECTOR_REQUIREMENT))),
] };

static CORE_V1_SECCOMP_PROFILE: Type = Type { name: "SeccompProfile", fields: &[
    may("localhostProfile", Text),
    must("type", Text),
] };

static CORE_V1_SECRET: Type = Type { name: "Secret", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("data", Map(&Bytes)),
    may("immutable", Flag),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("stringData", Map(&Text)),
    may("type", Text),
] };

static CORE_V1_SECRET_ENV_SOURCE: Type = Type { name: "SecretEnvSource", fields: &[
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_SECRET_KEY_SELECTOR: Type = Type { name: "SecretKeySelector", fields: &[
    must("key", Text),
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_SECRET_PROJECTION: Type = Type { name: "SecretProjection", fields: &[
    may("items", List(&Part(&CORE_V1_KEY_TO_PATH))),
    must("name", Text),
    may("optional", Flag),
] };

static CORE_V1_SECRET_REFERENCE: Type = Type { name: "SecretReference", fields: &[
    may("name", Text),
    may("namespace", Text),
] };

static CORE_V1_SECRET_VOLUME_SOURCE: Type = Type { name: "SecretVolumeSource", fields: &[
    may("defaultMode", Int32),
    may("items", List(&Part(&CORE_V1_KEY_TO_PATH))),
    may("optional", Flag),
    may("secretName", Text),
] };

static CORE_V1_SECURITY_CONTEXT: Type = Type { name: "SecurityContext", fields: &[
    may("allowPrivilegeEscalation", Flag),
    may("appArmorProfile", Part(&CORE_V1_APP_ARMOR_PROFILE)),
    may("capabilities", Part(&CORE_V1_CAPABILITIES)),
    may("privileged", Flag),
    may("procMount", Text),
    may("readOnlyRootFilesystem", Flag),
    may("runAsGroup", Int64),
    may("runAsNonRoot", Flag),
    may("runAsUser", Int64),
    may("seLinuxOptions", Part(&CORE_V1_SE_LINUX_OPTIONS)),
    may("seccompProfile", Part(&CORE_V1_SECCOMP_PROFILE)),
    may("windowsOptions", Part(&CORE_V1_WINDOWS_SECURITY_CONTEXT_OPTIONS)),
] };

static CORE_V1_SERVICE: Type = Type { name: "Service", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&CORE_V1_SERVICE_SPEC)),
    may("status", Part(&CORE_V1_SERVICE_STATUS)),
] };

static CORE_V1_SERVICE_ACCOUNT: Type = Type { name: "ServiceAccount", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("automountServiceAccountToken", Flag),
    may("imagePullSecrets", List(&Part(&CORE_V1_LOCAL_OBJECT_REFERENCE))),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("secrets", List(&Part(&CORE_V1_OBJECT_REFERENCE))),
] };

static CORE_V1_SERVICE_ACCOUNT_TOKEN_PROJECTION: Type = Type { name: "ServiceAccountTokenProjection", fields: &[
    may("audience", Text),
    may("expirationSeconds", Int64),
    must("path", Text),
] };

static CORE_V1_SERVICE_PORT: Type = Type { name: "ServicePort", fields: &[
    may("appProtocol", Text),
    may("name", Text),
    may("nodePort", Int32),
    must("port", Int32),
    may("protocol", Text),
    may("targetPort", IntOrText),
] };

static CORE_V1_SERVICE_SPEC: Type = Type { name: "ServiceSpec", fields: &[
    may("allocateLoadBalancerNodePorts", Flag),
    may("clusterIP", Text),
    may("clusterIPs", List(&Text)),
    may("externalIPs", List(&Text)),
    may("externalName", Text),
    may("externalTrafficPolicy", Text),
    may("healthCheckNodePort", Int32),
    may("internalTrafficPolicy", Text),
    may("ipFamilies", List(&Text)),
    may("ipFamilyPolicy", Text),
    may("loadBalancerClass", Text),
    may("loadBalancerIP", Text),
    may("loadBalancerSourceRanges", List(&Text)),
    may("ports", List(&Part(&CORE_V1_SERVICE_PORT))),
    may("publishNotReadyAddresses", Flag),
    may("selector", Map(&Text)),
    may("sessionAffinity", Text),
    may("sessionAffinityConfig", Part(&CORE_V1_SESSION_AFFINITY_CONFIG)),
    may("trafficDistribution", Text),
    may("type", Text),
] };

static CORE_V1_SERVICE_STATUS: Type = Type { name: "ServiceStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
    may("loadBalancer", Part(&CORE_V1_LOAD_BALANCER_STATUS)),
] };

static CORE_V1_SESSION_AFFINITY_CONFIG: Type = Type { name: "SessionAffinityConfig", fields: &[
    may("clientIP", Part(&CORE_V1_CLIENT_IP_CONFIG)),
] };

static CORE_V1_SE_LINUX_OPTIONS: Type = Type { name: "SELinuxOptions", fields: &[
    may("level", Text),
    may("role", Text),
    may("type", Text),
    may("user", Text),
] };

static CORE_V1_SLEEP_ACTION: Type = Type { name: "SleepAction", fields: &[
    must("seconds", Int64),
] };

static CORE_V1_STORAGE_OS_PERSISTENT_VOLUME_SOURCE: Type = Type { name: "StorageOSPersistentVolumeSource", fields: &[
    may("fsType", Text),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("volumeName", Text),
    may("volumeNamespace", Text),
] };

static CORE_V1_STORAGE_OS_VOLUME_SOURCE: Type = Type { name: "StorageOSVolumeSource", fields: &[
    may("fsType", Text),
    may("readOnly", Flag),
    may("secretRef", Part(&CORE_V1_LOCAL_OBJECT_REFERENCE)),
    may("volumeName", Text),
    may("volumeNamespace", Text),
] };

static CORE_V1_SYSCTL: Type = Type { name: "Sysctl", fields: &[
    must("name", Text),
    must("value", Text),
] };

static CORE_V1_TAINT: Type = Type { name: "Taint", fields: &[
    must("effect", Text),
    must("key", Text),
    may("timeAdded", Time),
    may("value", Text),
] };

static CORE_V1_TCP_SOCKET_ACTION: Type = Type { name: "TCPSocketAction", fields: &[
    may("host", Text),
    must("port", IntOrText),
] };

static CORE_V1_TOLERATION: Type = Type { name: "Toleration", fields: &[
    may("effect", Text),
    may("key", Text),
    may("operator", Text),
    may("tolerationSeconds", Int64),
    may("value", Text),
] };

static CORE_V1_TOPOLOGY_SELECTOR_LABEL_REQUIREMENT: Type = Type { name: "TopologySelectorLabelRequirement", fields: &[
    must("key", Text),
    must("values", List(&Text)),
] };

static CORE_V1_TOPOLOGY_SELECTOR_TERM: Type = Type { name: "TopologySelectorTerm", fields: &[
    may("matchLabelExpressions", List(&Part(&CORE_V1_TOPOLOGY_SELECTOR_LABEL_REQUIREMENT))),
] };

static CORE_V1_TOPOLOGY_SPREAD_CONSTRAINT: Type = Type { name: "TopologySpreadConstraint", fields: &[
    may("labelSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("matchLabelKeys", List(&Text)),
    must("maxSkew", Int32),
    may("minDomains", Int32),
    may("nodeAffinityPolicy", Text),
    may("nodeTaintsPolicy", Text),
    must("topologyKey", Text),
    must("whenUnsatisfiable", Text),
] };

static CORE_V1_TYPED_LOCAL_OBJECT_REFERENCE: Type = Type { name: "TypedLocalObjectReference", fields: &[
    may("apiGroup", Text),
    must("kind", Text),
    must("name", Text),
] };

static CORE_V1_TYPED_OBJECT_REFERENCE: Type = Type { name: "TypedObjectReference", fields: &[
    may("apiGroup", Text),
    must("kind", Text),
    must("name", Text),
    may("namespace", Text),
] };

static CORE_V1_VOLUME: Type = Type { name: "Volume", fields: &[
    may("awsElasticBlockStore", Part(&CORE_V1_AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)),
    may("azureDisk", Part(&CORE_V1_AZURE_DISK_VOLUME_SOURCE)),
    may("azureFile", Part(&CORE_V1_AZURE_FILE_VOLUME_SOURCE)),
    may("cephfs", Part(&CORE_V1_CEPH_FS_VOLUME_SOURCE)),
    may("cinder", Part(&CORE_V1_CINDER_VOLUME_SOURCE)),
    may("configMap", Part(&CORE_V1_CONFIG_MAP_VOLUME_SOURCE)),
    may("csi", Part(&CORE_V1_CSI_VOLUME_SOURCE)),
    may("downwardAPI", Part(&CORE_V1_DOWNWARD_API_VOLUME_SOURCE)),
    may("emptyDir", Part(&CORE_V1_EMPTY_DIR_VOLUME_SOURCE)),
    may("ephemeral", Part(&CORE_V1_EPHEMERAL_VOLUME_SOURCE)),
    may("fc", Part(&CORE_V1_FC_VOLUME_SOURCE)),
    may("flexVolume", Part(&CORE_V1_FLEX_VOLUME_SOURCE)),
    may("flocker", Part(&CORE_V1_FLOCKER_VOLUME_SOURCE)),
    may("gcePersistentDisk", Part(&CORE_V1_GCE_PERSISTENT_DISK_VOLUME_SOURCE)),
    may("gitRepo", Part(&CORE_V1_GIT_REPO_VOLUME_SOURCE)),
    may("glusterfs", Part(&CORE_V1_GLUSTERFS_VOLUME_SOURCE)),
    may("hostPath", Part(&CORE_V1_HOST_PATH_VOLUME_SOURCE)),
    may("image", Part(&CORE_V1_IMAGE_VOLUME_SOURCE)),
    may("iscsi", Part(&CORE_V1_ISCSI_VOLUME_SOURCE)),
    must("name", Text),
    may("nfs", Part(&CORE_V1_NFS_VOLUME_SOURCE)),
    may("persistentVolumeClaim", Part(&CORE_V1_PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE)),
    may("photonPersistentDisk", Part(&CORE_V1_PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)),
    may("portworxVolume", Part(&CORE_V1_PORTWORX_VOLUME_SOURCE)),
    may("projected", Part(&CORE_V1_PROJECTED_VOLUME_SOURCE)),
    may("quobyte", Part(&CORE_V1_QUOBYTE_VOLUME_SOURCE)),
    may("rbd", Part(&CORE_V1_RBD_VOLUME_SOURCE)),
    may("scaleIO", Part(&CORE_V1_SCALE_IO_VOLUME_SOURCE)),
    may("secret", Part(&CORE_V1_SECRET_VOLUME_SOURCE)),
    may("storageos", Part(&CORE_V1_STORAGE_OS_VOLUME_SOURCE)),
    may("vsphereVolume", Part(&CORE_V1_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)),
] };

static CORE_V1_VOLUME_DEVICE: Type = Type { name: "VolumeDevice", fields: &[
    must("devicePath", Text),
    must("name", Text),
] };

static CORE_V1_VOLUME_MOUNT: Type = Type { name: "VolumeMount", fields: &[
    must("mountPath", Text),
    may("mountPropagation", Text),
    must("name", Text),
    may("readOnly", Flag),
    may("recursiveReadOnly", Text),
    may("subPath", Text),
    may("subPathExpr", Text),
] };

static CORE_V1_VOLUME_MOUNT_STATUS: Type = Type { name: "VolumeMountStatus", fields: &[
    must("mountPath", Text),
    must("name", Text),
    may("readOnly", Flag),
    may("recursiveReadOnly", Text),
    may("volumeStatus", Part(&CORE_V1_VOLUME_STATUS)),
] };

static CORE_V1_VOLUME_NODE_AFFINITY: Type = Type { name: "VolumeNodeAffinity", fields: &[
    may("required", Part(&CORE_V1_NODE_SELECTOR)),
] };

static CORE_V1_VOLUME_PROJECTION: Type = Type { name: "VolumeProjection", fields: &[
    may("clusterTrustBundle", Part(&CORE_V1_CLUSTER_TRUST_BUNDLE_PROJECTION)),
    may("configMap", Part(&CORE_V1_CONFIG_MAP_PROJECTION)),
    may("downwardAPI", Part(&CORE_V1_DOWNWARD_API_PROJECTION)),
    may("podCertificate", Part(&CORE_V1_POD_CERTIFICATE_PROJECTION)),
    may("secret", Part(&CORE_V1_SECRET_PROJECTION)),
    may("serviceAccountToken", Part(&CORE_V1_SERVICE_ACCOUNT_TOKEN_PROJECTION)),
] };

static CORE_V1_VOLUME_RESOURCE_REQUIREMENTS: Type = Type { name: "VolumeResourceRequirements", fields: &[
    may("limits", Map(&Quantity)),
    may("requests", Map(&Quantity)),
] };

static CORE_V1_VOLUME_STATUS: Type = Type { name: "VolumeStatus", fields: &[
    may("image", Part(&CORE_V1_IMAGE_VOLUME_STATUS)),
] };

static CORE_V1_VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Type = Type { name: "VsphereVirtualDiskVolumeSource", fields: &[
    may("fsType", Text),
    may("storagePolicyID", Text),
    may("storagePolicyName", Text),
    must("volumePath", Text),
] };

static CORE_V1_WEIGHTED_POD_AFFINITY_TERM: Type = Type { name: "WeightedPodAffinityTerm", fields: &[
    must("podAffinityTerm", Part(&CORE_V1_POD_AFFINITY_TERM)),
    must("weight", Int32),
] };

static CORE_V1_WINDOWS_SECURITY_CONTEXT_OPTIONS: Type = Type { name: "WindowsSecurityContextOptions", fields: &[
    may("gmsaCredentialSpec", Text),
    may("gmsaCredentialSpecName", Text),
    may("hostProcess", Flag),
    may("runAsUserName", Text),
] };

static DISCOVERY_V1_ENDPOINT: Type = Type { name: "Endpoint", fields: &[
    must("addresses", List(&Text)),
    may("conditions", Part(&DISCOVERY_V1_ENDPOINT_CONDITIONS)),
    may("deprecatedTopology", Map(&Text)),
    may("hints", Part(&DISCOVERY_V1_ENDPOINT_HINTS)),
    may("hostname", Text),
    may("nodeName", Text),
    may("targetRef", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("zone", Text),
] };

static DISCOVERY_V1_ENDPOINT_CONDITIONS: Type = Type { name: "EndpointConditions", fields: &[
    may("ready", Flag),
    may("serving", Flag),
    may("terminating", Flag),
] };

static DISCOVERY_V1_ENDPOINT_HINTS: Type = Type { name: "EndpointHints", fields: &[
    may("forNodes", List(&Part(&DISCOVERY_V1_FOR_NODE))),
    may("forZones", List(&Part(&DISCOVERY_V1_FOR_ZONE))),
] };

static DISCOVERY_V1_ENDPOINT_PORT: Type = Type { name: "EndpointPort", fields: &[
    may("appProtocol", Text),
    may("name", Text),
    may("port", Int32),
    may("protocol", Text),
] };

static DISCOVERY_V1_ENDPOINT_SLICE: Type = Type { name: "EndpointSlice", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("addressType", Text),
    may("endpoints", List(&Part(&DISCOVERY_V1_ENDPOINT))),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("ports", List(&Part(&DISCOVERY_V1_ENDPOINT_PORT))),
] };

static DISCOVERY_V1_FOR_NODE: Type = Type { name: "ForNode", fields: &[
    must("name", Text),
] };

static DISCOVERY_V1_FOR_ZONE: Type = Type { name: "ForZone", fields: &[
    must("name", Text),
] };

static EVENTS_V1_EVENT: Type = Type { name: "Event", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("action", Text),
    may("deprecatedCount", Int32),
    may("deprecatedFirstTimestamp", Time),
    may("deprecatedLastTimestamp", Time),
    may("deprecatedSource", Part(&CORE_V1_EVENT_SOURCE)),
    may("eventTime", MicroTime),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("note", Text),
    may("reason", Text),
    may("regarding", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("related", Part(&CORE_V1_OBJECT_REFERENCE)),
    may("reportingController", Text),
    may("reportingInstance", Text),
    may("series", Part(&EVENTS_V1_EVENT_SERIES)),
    may("type", Text),
] };

static EVENTS_V1_EVENT_SERIES: Type = Type { name: "EventSeries", fields: &[
    must("count", Int32),
    must("lastObservedTime", MicroTime),
] };

static FLOWCONTROL_V1_EXEMPT_PRIORITY_LEVEL_CONFIGURATION: Type = Type { name: "ExemptPriorityLevelConfiguration", fields: &[
    may("lendablePercent", Int32),
    may("nominalConcurrencyShares", Int32),
] };

static FLOWCONTROL_V1_FLOW_DISTINGUISHER_METHOD: Type = Type { name: "FlowDistinguisherMethod", fields: &[
    must("type", Text),
] };

static FLOWCONTROL_V1_FLOW_SCHEMA: Type = Type { name: "FlowSchema", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&FLOWCONTROL_V1_FLOW_SCHEMA_SPEC)),
    may("status", Part(&FLOWCONTROL_V1_FLOW_SCHEMA_STATUS)),
] };

static FLOWCONTROL_V1_FLOW_SCHEMA_CONDITION: Type = Type { name: "FlowSchemaCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    may("status", Text),
    may("type", Text),
] };

static FLOWCONTROL_V1_FLOW_SCHEMA_SPEC: Type = Type { name: "FlowSchemaSpec", fields: &[
    may("distinguisherMethod", Part(&FLOWCONTROL_V1_FLOW_DISTINGUISHER_METHOD)),
    may("matchingPrecedence", Int32),
    must("priorityLevelConfiguration", Part(&FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_REFERENCE)),
    may("rules", List(&Part(&FLOWCONTROL_V1_POLICY_RULES_WITH_SUBJECTS))),
] };

static FLOWCONTROL_V1_FLOW_SCHEMA_STATUS: Type = Type { name: "FlowSchemaStatus", fields: &[
    may("conditions", List(&Part(&FLOWCONTROL_V1_FLOW_SCHEMA_CONDITION))),
] };

static FLOWCONTROL_V1_GROUP_SUBJECT: Type = Type { name: "GroupSubject", fields: &[
    must("name", Text),
] };

static FLOWCONTROL_V1_LIMITED_PRIORITY_LEVEL_CONFIGURATION: Type = Type { name: "LimitedPriorityLevelConfiguration", fields: &[
    may("borrowingLimitPercent", Int32),
    may("lendablePercent", Int32),
    may("limitResponse", Part(&FLOWCONTROL_V1_LIMIT_RESPONSE)),
    may("nominalConcurrencyShares", Int32),
] };

static FLOWCONTROL_V1_LIMIT_RESPONSE: Type = Type { name: "LimitResponse", fields: &[
    may("queuing", Part(&FLOWCONTROL_V1_QUEUING_CONFIGURATION)),
    must("type", Text),
] };

static FLOWCONTROL_V1_NON_RESOURCE_POLICY_RULE: Type = Type { name: "NonResourcePolicyRule", fields: &[
    must("nonResourceURLs", List(&Text)),
    must("verbs", List(&Text)),
] };

static FLOWCONTROL_V1_POLICY_RULES_WITH_SUBJECTS: Type = Type { name: "PolicyRulesWithSubjects", fields: &[
    may("nonResourceRules", List(&Part(&FLOWCONTROL_V1_NON_RESOURCE_POLICY_RULE))),
    may("resourceRules", List(&Part(&FLOWCONTROL_V1_RESOURCE_POLICY_RULE))),
    must("subjects", List(&Part(&FLOWCONTROL_V1_SUBJECT))),
] };

static FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION: Type = Type { name: "PriorityLevelConfiguration", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_SPEC)),
    may("status", Part(&FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_STATUS)),
] };

static FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_CONDITION: Type = Type { name: "PriorityLevelConfigurationCondition", fields: &[
    may("lastTransitionTime", Time),
    may("message", Text),
    may("reason", Text),
    may("status", Text),
    may("type", Text),
] };

static FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_REFERENCE: Type = Type { name: "PriorityLevelConfigurationReference", fields: &[
    must("name", Text),
] };

static FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_SPEC: Type = Type { name: "PriorityLevelConfigurationSpec", fields: &[
    may("exempt", Part(&FLOWCONTROL_V1_EXEMPT_PRIORITY_LEVEL_CONFIGURATION)),
    may("limited", Part(&FLOWCONTROL_V1_LIMITED_PRIORITY_LEVEL_CONFIGURATION)),
    must("type", Text),
] };

static FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_STATUS: Type = Type { name: "PriorityLevelConfigurationStatus", fields: &[
    may("conditions", List(&Part(&FLOWCONTROL_V1_PRIORITY_LEVEL_CONFIGURATION_CONDITION))),
] };

static FLOWCONTROL_V1_QUEUING_CONFIGURATION: Type = Type { name: "QueuingConfiguration", fields: &[
    may("handSize", Int32),
    may("queueLengthLimit", Int32),
    may("queues", Int32),
] };

static FLOWCONTROL_V1_RESOURCE_POLICY_RULE: Type = Type { name: "ResourcePolicyRule", fields: &[
    must("apiGroups", List(&Text)),
    may("clusterScope", Flag),
    may("namespaces", List(&Text)),
    must("resources", List(&Text)),
    must("verbs", List(&Text)),
] };

static FLOWCONTROL_V1_SERVICE_ACCOUNT_SUBJECT: Type = Type { name: "ServiceAccountSubject", fields: &[
    must("name", Text),
    must("namespace", Text),
] };

static FLOWCONTROL_V1_SUBJECT: Type = Type { name: "Subject", fields: &[
    may("group", Part(&FLOWCONTROL_V1_GROUP_SUBJECT)),
    must("kind", Text),
    may("serviceAccount", Part(&FLOWCONTROL_V1_SERVICE_ACCOUNT_SUBJECT)),
    may("user", Part(&FLOWCONTROL_V1_USER_SUBJECT)),
] };

static FLOWCONTROL_V1_USER_SUBJECT: Type = Type { name: "UserSubject", fields: &[
    must("name", Text),
] };

static META_V1_CONDITION: Type = Type { name: "Condition", fields: &[
    must("lastTransitionTime", Time),
    must("message", Text),
    may("observedGeneration", Int64),
    must("reason", Text),
    must("status", Text),
    must("type", Text),
] };

static META_V1_FIELD_SELECTOR_REQUIREMENT: Type = Type { name: "FieldSelectorRequirement", fields: &[
    must("key", Text),
    must("operator", Text),
    may("values", List(&Text)),
] };

static META_V1_GROUP_RESOURCE: Type = Type { name: "GroupResource", fields: &[
    must("group", Text),
    must("resource", Text),
] };

static META_V1_LABEL_SELECTOR: Type = Type { name: "LabelSelector", fields: &[
    may("matchExpressions", List(&Part(&META_V1_LABEL_SELECTOR_REQUIREMENT))),
    may("matchLabels", Map(&Text)),
] };

static META_V1_LABEL_SELECTOR_REQUIREMENT: Type = Type { name: "LabelSelectorRequirement", fields: &[
    must("key", Text),
    must("operator", Text),
    may("values", List(&Text)),
] };

static META_V1_MANAGED_FIELDS_ENTRY: Type = Type { name: "ManagedFieldsEntry", fields: &[
    may("apiVersion", Text),
    may("fieldsType", Text),
    may("fieldsV1", Any),
    may("manager", Text),
    may("operation", Text),
    may("subresource", Text),
    may("time", Time),
] };

pub static META_V1_OBJECT_META: Type = Type { name: "ObjectMeta", fields: &[
    may("annotations", Map(&Text)),
    may("creationTimestamp", Time),
    may("deletionGracePeriodSeconds", Int64),
    may("deletionTimestamp", Time),
    may("finalizers", List(&Text)),
    may("generateName", Text),
    may("generation", Int64),
    may("labels", Map(&Text)),
    may("managedFields", List(&Part(&META_V1_MANAGED_FIELDS_ENTRY))),
    may("name", Text),
    may("namespace", Text),
    may("ownerReferences", List(&Part(&META_V1_OWNER_REFERENCE))),
    may("resourceVersion", Text),
    may("selfLink", Text),
    may("uid", Text),
] };

static META_V1_OWNER_REFERENCE: Type = Type { name: "OwnerReference", fields: &[
    must("apiVersion", Text),
    may("blockOwnerDeletion", Flag),
    may("controller", Flag),
    must("kind", Text),
    must("name", Text),
    must("uid", Text),
] };

static NETWORKING_V1_HTTP_INGRESS_PATH: Type = Type { name: "HTTPIngressPath", fields: &[
    must("backend", Part(&NETWORKING_V1_INGRESS_BACKEND)),
    may("path", Text),
    must("pathType", Text),
] };

static NETWORKING_V1_HTTP_INGRESS_RULE_VALUE: Type = Type { name: "HTTPIngressRuleValue", fields: &[
    must("paths", List(&Part(&NETWORKING_V1_HTTP_INGRESS_PATH))),
] };

static NETWORKING_V1_INGRESS: Type = Type { name: "Ingress", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&NETWORKING_V1_INGRESS_SPEC)),
    may("status", Part(&NETWORKING_V1_INGRESS_STATUS)),
] };

static NETWORKING_V1_INGRESS_BACKEND: Type = Type { name: "IngressBackend", fields: &[
    may("resource", Part(&CORE_V1_TYPED_LOCAL_OBJECT_REFERENCE)),
    may("service", Part(&NETWORKING_V1_INGRESS_SERVICE_BACKEND)),
] };

static NETWORKING_V1_INGRESS_CLASS: Type = Type { name: "IngressClass", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&NETWORKING_V1_INGRESS_CLASS_SPEC)),
] };

static NETWORKING_V1_INGRESS_CLASS_PARAMETERS_REFERENCE: Type = Type { name: "IngressClassParametersReference", fields: &[
    may("apiGroup", Text),
    must("kind", Text),
    must("name", Text),
    may("namespace", Text),
    may("scope", Text),
] };

static NETWORKING_V1_INGRESS_CLASS_SPEC: Type = Type { name: "IngressClassSpec", fields: &[
    may("controller", Text),
    may("parameters", Part(&NETWORKING_V1_INGRESS_CLASS_PARAMETERS_REFERENCE)),
] };

static NETWORKING_V1_INGRESS_LOAD_BALANCER_INGRESS: Type = Type { name: "IngressLoadBalancerIngress", fields: &[
    may("hostname", Text),
    may("ip", Text),
    may("ports", List(&Part(&NETWORKING_V1_INGRESS_PORT_STATUS))),
] };

static NETWORKING_V1_INGRESS_LOAD_BALANCER_STATUS: Type = Type { name: "IngressLoadBalancerStatus", fields: &[
    may("ingress", List(&Part(&NETWORKING_V1_INGRESS_LOAD_BALANCER_INGRESS))),
] };

static NETWORKING_V1_INGRESS_PORT_STATUS: Type = Type { name: "IngressPortStatus", fields: &[
    may("error", Text),
    must("port", Int32),
    must("protocol", Text),
] };

static NETWORKING_V1_INGRESS_RULE: Type = Type { name: "IngressRule", fields: &[
    may("host", Text),
    may("http", Part(&NETWORKING_V1_HTTP_INGRESS_RULE_VALUE)),
] };

static NETWORKING_V1_INGRESS_SERVICE_BACKEND: Type = Type { name: "IngressServiceBackend", fields: &[
    must("name", Text),
    may("port", Part(&NETWORKING_V1_SERVICE_BACKEND_PORT)),
] };

static NETWORKING_V1_INGRESS_SPEC: Type = Type { name: "IngressSpec", fields: &[
    may("defaultBackend", Part(&NETWORKING_V1_INGRESS_BACKEND)),
    may("ingressClassName", Text),
    may("rules", List(&Part(&NETWORKING_V1_INGRESS_RULE))),
    may("tls", List(&Part(&NETWORKING_V1_INGRESS_TLS))),
] };

static NETWORKING_V1_INGRESS_STATUS: Type = Type { name: "IngressStatus", fields: &[
    may("loadBalancer", Part(&NETWORKING_V1_INGRESS_LOAD_BALANCER_STATUS)),
] };

static NETWORKING_V1_INGRESS_TLS: Type = Type { name: "IngressTLS", fields: &[
    may("hosts", List(&Text)),
    may("secretName", Text),
] };

static NETWORKING_V1_IP_ADDRESS: Type = Type { name: "IPAddress", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&NETWORKING_V1_IP_ADDRESS_SPEC)),
] };

static NETWORKING_V1_IP_ADDRESS_SPEC: Type = Type { name: "IPAddressSpec", fields: &[
    must("parentRef", Part(&NETWORKING_V1_PARENT_REFERENCE)),
] };

static NETWORKING_V1_IP_BLOCK: Type = Type { name: "IPBlock", fields: &[
    must("cidr", Text),
    may("except", List(&Text)),
] };

static NETWORKING_V1_NETWORK_POLICY: Type = Type { name: "NetworkPolicy", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&NETWORKING_V1_NETWORK_POLICY_SPEC)),
] };

static NETWORKING_V1_NETWORK_POLICY_EGRESS_RULE: Type = Type { name: "NetworkPolicyEgressRule", fields: &[
    may("ports", List(&Part(&NETWORKING_V1_NETWORK_POLICY_PORT))),
    may("to", List(&Part(&NETWORKING_V1_NETWORK_POLICY_PEER))),
] };

static NETWORKING_V1_NETWORK_POLICY_INGRESS_RULE: Type = Type { name: "NetworkPolicyIngressRule", fields: &[
    may("from", List(&Part(&NETWORKING_V1_NETWORK_POLICY_PEER))),
    may("ports", List(&Part(&NETWORKING_V1_NETWORK_POLICY_PORT))),
] };

static NETWORKING_V1_NETWORK_POLICY_PEER: Type = Type { name: "NetworkPolicyPeer", fields: &[
    may("ipBlock", Part(&NETWORKING_V1_IP_BLOCK)),
    may("namespaceSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("podSelector", Part(&META_V1_LABEL_SELECTOR)),
] };

static NETWORKING_V1_NETWORK_POLICY_PORT: Type = Type { name: "NetworkPolicyPort", fields: &[
    may("endPort", Int32),
    may("port", IntOrText),
    may("protocol", Text),
] };

static NETWORKING_V1_NETWORK_POLICY_SPEC: Type = Type { name: "NetworkPolicySpec", fields: &[
    may("egress", List(&Part(&NETWORKING_V1_NETWORK_POLICY_EGRESS_RULE))),
    may("ingress", List(&Part(&NETWORKING_V1_NETWORK_POLICY_INGRESS_RULE))),
    may("podSelector", Part(&META_V1_LABEL_SELECTOR)),
    may("policyTypes", List(&Text)),
] };

static NETWORKING_V1_PARENT_REFERENCE: Type = Type { name: "ParentReference", fields: &[
    may("group", Text),
    must("name", Text),
    may("namespace", Text),
    must("resource", Text),
] };

static NETWORKING_V1_SERVICE_BACKEND_PORT: Type = Type { name: "ServiceBackendPort", fields: &[
    may("name", Text),
    may("number", Int32),
] };

static NETWORKING_V1_SERVICE_CIDR: Type = Type { name: "ServiceCIDR", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&NETWORKING_V1_SERVICE_CIDR_SPEC)),
    may("status", Part(&NETWORKING_V1_SERVICE_CIDR_STATUS)),
] };

static NETWORKING_V1_SERVICE_CIDR_SPEC: Type = Type { name: "ServiceCIDRSpec", fields: &[
    may("cidrs", List(&Text)),
] };

static NETWORKING_V1_SERVICE_CIDR_STATUS: Type = Type { name: "ServiceCIDRStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
] };

static NODE_V1_OVERHEAD: Type = Type { name: "Overhead", fields: &[
    may("podFixed", Map(&Quantity)),
] };

static NODE_V1_RUNTIME_CLASS: Type = Type { name: "RuntimeClass", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("handler", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("overhead", Part(&NODE_V1_OVERHEAD)),
    may("scheduling", Part(&NODE_V1_SCHEDULING)),
] };

static NODE_V1_SCHEDULING: Type = Type { name: "Scheduling", fields: &[
    may("nodeSelector", Map(&Text)),
    may("tolerations", List(&Part(&CORE_V1_TOLERATION))),
] };

static POLICY_V1_POD_DISRUPTION_BUDGET: Type = Type { name: "PodDisruptionBudget", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&POLICY_V1_POD_DISRUPTION_BUDGET_SPEC)),
    may("status", Part(&POLICY_V1_POD_DISRUPTION_BUDGET_STATUS)),
] };

static POLICY_V1_POD_DISRUPTION_BUDGET_SPEC: Type = Type { name: "PodDisruptionBudgetSpec", fields: &[
    may("maxUnavailable", IntOrText),
    may("minAvailable", IntOrText),
    may("selector", Part(&META_V1_LABEL_SELECTOR)),
    may("unhealthyPodEvictionPolicy", Text),
] };

static POLICY_V1_POD_DISRUPTION_BUDGET_STATUS: Type = Type { name: "PodDisruptionBudgetStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
    may("currentHealthy", Int32),
    may("desiredHealthy", Int32),
    may("disruptedPods", Map(&Time)),
    may("disruptionsAllowed", Int32),
    may("expectedPods", Int32),
    may("observedGeneration", Int64),
] };

static RBAC_V1_AGGREGATION_RULE: Type = Type { name: "AggregationRule", fields: &[
    may("clusterRoleSelectors", List(&Part(&META_V1_LABEL_SELECTOR))),
] };

static RBAC_V1_CLUSTER_ROLE: Type = Type { name: "ClusterRole", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("aggregationRule", Part(&RBAC_V1_AGGREGATION_RULE)),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("rules", List(&Part(&RBAC_V1_POLICY_RULE))),
] };

static RBAC_V1_CLUSTER_ROLE_BINDING: Type = Type { name: "ClusterRoleBinding", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("roleRef", Part(&RBAC_V1_ROLE_REF)),
    may("subjects", List(&Part(&RBAC_V1_SUBJECT))),
] };

static RBAC_V1_POLICY_RULE: Type = Type { name: "PolicyRule", fields: &[
    may("apiGroups", List(&Text)),
    may("nonResourceURLs", List(&Text)),
    may("resourceNames", List(&Text)),
    may("resources", List(&Text)),
    must("verbs", List(&Text)),
] };

static RBAC_V1_ROLE: Type = Type { name: "Role", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("rules", List(&Part(&RBAC_V1_POLICY_RULE))),
] };

static RBAC_V1_ROLE_BINDING: Type = Type { name: "RoleBinding", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("roleRef", Part(&RBAC_V1_ROLE_REF)),
    may("subjects", List(&Part(&RBAC_V1_SUBJECT))),
] };

static RBAC_V1_ROLE_REF: Type = Type { name: "RoleRef", fields: &[
    may("apiGroup", Text),
    must("kind", Text),
    must("name", Text),
] };

static RBAC_V1_SUBJECT: Type = Type { name: "Subject", fields: &[
    may("apiGroup", Text),
    must("kind", Text),
    must("name", Text),
    may("namespace", Text),
] };

static RESOURCE_V1BETA2_DEVICE_TAINT: Type = Type { name: "DeviceTaint", fields: &[
    must("effect", Text),
    must("key", Text),
    may("timeAdded", Time),
    may("value", Text),
] };

static RESOURCE_V1BETA2_DEVICE_TAINT_RULE: Type = Type { name: "DeviceTaintRule", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&RESOURCE_V1BETA2_DEVICE_TAINT_RULE_SPEC)),
    may("status", Part(&RESOURCE_V1BETA2_DEVICE_TAINT_RULE_STATUS)),
] };

static RESOURCE_V1BETA2_DEVICE_TAINT_RULE_SPEC: Type = Type { name: "DeviceTaintRuleSpec", fields: &[
    may("deviceSelector", Part(&RESOURCE_V1BETA2_DEVICE_TAINT_SELECTOR)),
    must("taint", Part(&RESOURCE_V1BETA2_DEVICE_TAINT)),
] };

static RESOURCE_V1BETA2_DEVICE_TAINT_RULE_STATUS: Type = Type { name: "DeviceTaintRuleStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
] };

static RESOURCE_V1BETA2_DEVICE_TAINT_SELECTOR: Type = Type { name: "DeviceTaintSelector", fields: &[
    may("device", Text),
    may("driver", Text),
    may("pool", Text),
] };

static RESOURCE_V1_ALLOCATED_DEVICE_STATUS: Type = Type { name: "AllocatedDeviceStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
    may("data", Any),
    must("device", Text),
    must("driver", Text),
    may("networkData", Part(&RESOURCE_V1_NETWORK_DEVICE_DATA)),
    must("pool", Text),
    may("shareID", Text),
] };

static RESOURCE_V1_ALLOCATION_RESULT: Type = Type { name: "AllocationResult", fields: &[
    may("allocationTimestamp", Time),
    may("devices", Part(&RESOURCE_V1_DEVICE_ALLOCATION_RESULT)),
    may("nodeSelector", Part(&CORE_V1_NODE_SELECTOR)),
] };

static RESOURCE_V1_CAPACITY_REQUEST_POLICY: Type = Type { name: "CapacityRequestPolicy", fields: &[
    may("default", Quantity),
    may("validRange", Part(&RESOURCE_V1_CAPACITY_REQUEST_POLICY_RANGE)),
    may("validValues", List(&Quantity)),
] };

static RESOURCE_V1_CAPACITY_REQUEST_POLICY_RANGE: Type = Type { name: "CapacityRequestPolicyRange", fields: &[
    may("max", Quantity),
    must("min", Quantity),
    may("step", Quantity),
] };

static RESOURCE_V1_CAPACITY_REQUIREMENTS: Type = Type { name: "CapacityRequirements", fields: &[
    may("requests", Map(&Quantity)),
] };

static RESOURCE_V1_CEL_DEVICE_SELECTOR: Type = Type { name: "CELDeviceSelector", fields: &[
    must("expression", Text),
] };

static RESOURCE_V1_COUNTER: Type = Type { name: "Counter", fields: &[
    must("value", Quantity),
] };

static RESOURCE_V1_COUNTER_SET: Type = Type { name: "CounterSet", fields: &[
    must("counters", Map(&Part(&RESOURCE_V1_COUNTER))),
    must("name", Text),
] };

static RESOURCE_V1_DEVICE: Type = Type { name: "Device", fields: &[
    may("allNodes", Flag),
    may("allowMultipleAllocations", Flag),
    may("attributes", Map(&Part(&RESOURCE_V1_DEVICE_ATTRIBUTE))),
    may("bindingConditions", List(&Text)),
    may("bindingFailureConditions", List(&Text)),
    may("bindsToNode", Flag),
    may("capacity", Map(&Part(&RESOURCE_V1_DEVICE_CAPACITY))),
    may("consumesCounters", List(&Part(&RESOURCE_V1_DEVICE_COUNTER_CONSUMPTION))),
    must("name", Text),
    may("nodeAllocatableResourceMappings", Map(&Part(&RESOURCE_V1_NODE_ALLOCATABLE_RESOURCE_MAPPING))),
    may("nodeName", Text),
    may("nodeSelector", Part(&CORE_V1_NODE_SELECTOR)),
    may("taints", List(&Part(&RESOURCE_V1_DEVICE_TAINT))),
] };

static RESOURCE_V1_DEVICE_ALLOCATION_CONFIGURATION: Type = Type { name: "DeviceAllocationConfiguration", fields: &[
    may("opaque", Part(&RESOURCE_V1_OPAQUE_DEVICE_CONFIGURATION)),
    may("requests", List(&Text)),
    must("source", Text),
] };

static RESOURCE_V1_DEVICE_ALLOCATION_RESULT: Type = Type { name: "DeviceAllocationResult", fields: &[
    may("config", List(&Part(&RESOURCE_V1_DEVICE_ALLOCATION_CONFIGURATION))),
    may("results", List(&Part(&RESOURCE_V1_DEVICE_REQUEST_ALLOCATION_RESULT))),
] };

static RESOURCE_V1_DEVICE_ATTRIBUTE: Type = Type { name: "DeviceAttribute", fields: &[
    may("bool", Flag),
    may("bools", List(&Flag)),
    may("int", Int64),
    may("ints", List(&Int64)),
    may("string", Text),
    may("strings", List(&Text)),
    may("version", Text),
    may("versions", List(&Text)),
] };

static RESOURCE_V1_DEVICE_CAPACITY: Type = Type { name: "DeviceCapacity", fields: &[
    may("requestPolicy", Part(&RESOURCE_V1_CAPACITY_REQUEST_POLICY)),
    must("value", Quantity),
] };

static RESOURCE_V1_DEVICE_CLAIM: Type = Type { name: "DeviceClaim", fields: &[
    may("config", List(&Part(&RESOURCE_V1_DEVICE_CLAIM_CONFIGURATION))),
    may("constraints", List(&Part(&RESOURCE_V1_DEVICE_CONSTRAINT))),
    may("requests", List(&Part(&RESOURCE_V1_DEVICE_REQUEST))),
] };

static RESOURCE_V1_DEVICE_CLAIM_CONFIGURATION: Type = Type { name: "DeviceClaimConfiguration", fields: &[
    may("opaque", Part(&RESOURCE_V1_OPAQUE_DEVICE_CONFIGURATION)),
    may("requests", List(&Text)),
] };

static RESOURCE_V1_DEVICE_CLASS: Type = Type { name: "DeviceClass", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&RESOURCE_V1_DEVICE_CLASS_SPEC)),
] };

static RESOURCE_V1_DEVICE_CLASS_CONFIGURATION: Type = Type { name: "DeviceClassConfiguration", fields: &[
    may("opaque", Part(&RESOURCE_V1_OPAQUE_DEVICE_CONFIGURATION)),
] };

static RESOURCE_V1_DEVICE_CLASS_SPEC: Type = Type { name: "DeviceClassSpec", fields: &[
    may("config", List(&Part(&RESOURCE_V1_DEVICE_CLASS_CONFIGURATION))),
    may("extendedResourceName", Text),
    may("selectors", List(&Part(&RESOURCE_V1_DEVICE_SELECTOR))),
] };

static RESOURCE_V1_DEVICE_CONSTRAINT: Type = Type { name: "DeviceConstraint", fields: &[
    may("distinctAttribute", Text),
    may("matchAttribute", Text),
    may("requests", List(&Text)),
] };

static RESOURCE_V1_DEVICE_COUNTER_CONSUMPTION: Type = Type { name: "DeviceCounterConsumption", fields: &[
    must("counterSet", Text),
    must("counters", Map(&Part(&RESOURCE_V1_COUNTER))),
] };

static RESOURCE_V1_DEVICE_REQUEST: Type = Type { name: "DeviceRequest", fields: &[
    may("exactly", Part(&RESOURCE_V1_EXACT_DEVICE_REQUEST)),
    may("firstAvailable", List(&Part(&RESOURCE_V1_DEVICE_SUB_REQUEST))),
    must("name", Text),
] };

static RESOURCE_V1_DEVICE_REQUEST_ALLOCATION_RESULT: Type = Type { name: "DeviceRequestAllocationResult", fields: &[
    may("adminAccess", Flag),
    may("bindingConditions", List(&Text)),
    may("bindingFailureConditions", List(&Text)),
    may("consumedCapacity", Map(&Quantity)),
    must("device", Text),
    must("driver", Text),
    must("pool", Text),
    must("request", Text),
    may("shareID", Text),
    may("tolerations", List(&Part(&RESOURCE_V1_DEVICE_TOLERATION))),
] };

static RESOURCE_V1_DEVICE_SELECTOR: Type = Type { name: "DeviceSelector", fields: &[
    may("cel", Part(&RESOURCE_V1_CEL_DEVICE_SELECTOR)),
] };

static RESOURCE_V1_DEVICE_SUB_REQUEST: Type = Type { name: "DeviceSubRequest", fields: &[
    may("allocationMode", Text),
    may("capacity", Part(&RESOURCE_V1_CAPACITY_REQUIREMENTS)),
    may("count", Int64),
    must("deviceClassName", Text),
    must("name", Text),
    may("selectors", List(&Part(&RESOURCE_V1_DEVICE_SELECTOR))),
    may("tolerations", List(&Part(&RESOURCE_V1_DEVICE_TOLERATION))),
] };

static RESOURCE_V1_DEVICE_TAINT: Type = Type { name: "DeviceTaint", fields: &[
    must("effect", Text),
    must("key", Text),
    may("timeAdded", Time),
    may("value", Text),
] };

static RESOURCE_V1_DEVICE_TOLERATION: Type = Type { name: "DeviceToleration", fields: &[
    may("effect", Text),
    may("key", Text),
    may("operator", Text),
    may("tolerationSeconds", Int64),
    may("value", Text),
] };

static RESOURCE_V1_EXACT_DEVICE_REQUEST: Type = Type { name: "ExactDeviceRequest", fields: &[
    may("adminAccess", Flag),
    may("allocationMode", Text),
    may("capacity", Part(&RESOURCE_V1_CAPACITY_REQUIREMENTS)),
    may("count", Int64),
    must("deviceClassName", Text),
    may("selectors", List(&Part(&RESOURCE_V1_DEVICE_SELECTOR))),
    may("tolerations", List(&Part(&RESOURCE_V1_DEVICE_TOLERATION))),
] };

static RESOURCE_V1_NETWORK_DEVICE_DATA: Type = Type { name: "NetworkDeviceData", fields: &[
    may("hardwareAddress", Text),
    may("interfaceName", Text),
    may("ips", List(&Text)),
] };

static RESOURCE_V1_NODE_ALLOCATABLE_RESOURCE_MAPPING: Type = Type { name: "NodeAllocatableResourceMapping", fields: &[
    may("allocationMultiplier", Quantity),
    may("capacityKey", Text),
] };

static RESOURCE_V1_OPAQUE_DEVICE_CONFIGURATION: Type = Type { name: "OpaqueDeviceConfiguration", fields: &[
    must("driver", Text),
    may("parameters", Any),
] };

static RESOURCE_V1_RESOURCE_CLAIM: Type = Type { name: "ResourceClaim", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&RESOURCE_V1_RESOURCE_CLAIM_SPEC)),
    may("status", Part(&RESOURCE_V1_RESOURCE_CLAIM_STATUS)),
] };

static RESOURCE_V1_RESOURCE_CLAIM_CONSUMER_REFERENCE: Type = Type { name: "ResourceClaimConsumerReference", fields: &[
    may("apiGroup", Text),
    must("name", Text),
    must("resource", Text),
    must("uid", Text),
] };

static RESOURCE_V1_RESOURCE_CLAIM_SPEC: Type = Type { name: "ResourceClaimSpec", fields: &[
    may("devices", Part(&RESOURCE_V1_DEVICE_CLAIM)),
] };

static RESOURCE_V1_RESOURCE_CLAIM_STATUS: Type = Type { name: "ResourceClaimStatus", fields: &[
    may("allocation", Part(&RESOURCE_V1_ALLOCATION_RESULT)),
    may("devices", List(&Part(&RESOURCE_V1_ALLOCATED_DEVICE_STATUS))),
    may("reservedFor", List(&Part(&RESOURCE_V1_RESOURCE_CLAIM_CONSUMER_REFERENCE))),
] };

static RESOURCE_V1_RESOURCE_CLAIM_TEMPLATE: Type = Type { name: "ResourceClaimTemplate", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&RESOURCE_V1_RESOURCE_CLAIM_TEMPLATE_SPEC)),
] };

static RESOURCE_V1_RESOURCE_CLAIM_TEMPLATE_SPEC: Type = Type { name: "ResourceClaimTemplateSpec", fields: &[
    may("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&RESOURCE_V1_RESOURCE_CLAIM_SPEC)),
] };

static RESOURCE_V1_RESOURCE_POOL: Type = Type { name: "ResourcePool", fields: &[
    must("generation", Int64),
    must("name", Text),
    must("resourceSliceCount", Int64),
] };

static RESOURCE_V1_RESOURCE_SLICE: Type = Type { name: "ResourceSlice", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&RESOURCE_V1_RESOURCE_SLICE_SPEC)),
] };

static RESOURCE_V1_RESOURCE_SLICE_SPEC: Type = Type { name: "ResourceSliceSpec", fields: &[
    may("allNodes", Flag),
    may("devices", List(&Part(&RESOURCE_V1_DEVICE))),
    must("driver", Text),
    may("nodeName", Text),
    may("nodeSelector", Part(&CORE_V1_NODE_SELECTOR)),
    may("perDeviceNodeSelection", Flag),
    must("pool", Part(&RESOURCE_V1_RESOURCE_POOL)),
    may("sharedCounters", List(&Part(&RESOURCE_V1_COUNTER_SET))),
] };

static SCHEDULING_V1_PRIORITY_CLASS: Type = Type { name: "PriorityClass", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("description", Text),
    may("globalDefault", Flag),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("preemptionPolicy", Text),
    may("value", Int32),
] };

static STORAGEMIGRATION_V1BETA1_STORAGE_VERSION_MIGRATION: Type = Type { name: "StorageVersionMigration", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("spec", Part(&STORAGEMIGRATION_V1BETA1_STORAGE_VERSION_MIGRATION_SPEC)),
    may("status", Part(&STORAGEMIGRATION_V1BETA1_STORAGE_VERSION_MIGRATION_STATUS)),
] };

static STORAGEMIGRATION_V1BETA1_STORAGE_VERSION_MIGRATION_SPEC: Type = Type { name: "StorageVersionMigrationSpec", fields: &[
    must("resource", Part(&META_V1_GROUP_RESOURCE)),
] };

static STORAGEMIGRATION_V1BETA1_STORAGE_VERSION_MIGRATION_STATUS: Type = Type { name: "StorageVersionMigrationStatus", fields: &[
    may("conditions", List(&Part(&META_V1_CONDITION))),
    may("resourceVersion", Text),
] };

static STORAGE_V1_CSI_DRIVER: Type = Type { name: "CSIDriver", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&STORAGE_V1_CSI_DRIVER_SPEC)),
] };

static STORAGE_V1_CSI_DRIVER_SPEC: Type = Type { name: "CSIDriverSpec", fields: &[
    may("attachRequired", Flag),
    may("fsGroupPolicy", Text),
    may("nodeAllocatableUpdatePeriodSeconds", Int64),
    may("podInfoOnMount", Flag),
    may("preventPodSchedulingIfMissing", Flag),
    may("requiresRepublish", Flag),
    may("seLinuxMount", Flag),
    may("serviceAccountTokenInSecrets", Flag),
    may("storageCapacity", Flag),
    may("tokenRequests", List(&Part(&STORAGE_V1_TOKEN_REQUEST))),
    may("volumeLifecycleModes", List(&Text)),
] };

static STORAGE_V1_CSI_NODE: Type = Type { name: "CSINode", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&STORAGE_V1_CSI_NODE_SPEC)),
] };

static STORAGE_V1_CSI_NODE_DRIVER: Type = Type { name: "CSINodeDriver", fields: &[
    may("allocatable", Part(&STORAGE_V1_VOLUME_NODE_RESOURCES)),
    must("name", Text),
    must("nodeID", Text),
    may("topologyKeys", List(&Text)),
] };

static STORAGE_V1_CSI_NODE_SPEC: Type = Type { name: "CSINodeSpec", fields: &[
    must("drivers", List(&Part(&STORAGE_V1_CSI_NODE_DRIVER))),
] };

static STORAGE_V1_CSI_STORAGE_CAPACITY: Type = Type { name: "CSIStorageCapacity", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("capacity", Quantity),
    may("maximumVolumeSize", Quantity),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("nodeTopology", Part(&META_V1_LABEL_SELECTOR)),
    must("storageClassName", Text),
] };

static STORAGE_V1_STORAGE_CLASS: Type = Type { name: "StorageClass", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    may("allowVolumeExpansion", Flag),
    may("allowedTopologies", List(&Part(&CORE_V1_TOPOLOGY_SELECTOR_TERM))),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("mountOptions", List(&Text)),
    may("parameters", Map(&Text)),
    must("provisioner", Text),
    may("reclaimPolicy", Text),
    may("volumeBindingMode", Text),
] };

static STORAGE_V1_TOKEN_REQUEST: Type = Type { name: "TokenRequest", fields: &[
    must("audience", Text),
    may("expirationSeconds", Int64),
] };

static STORAGE_V1_VOLUME_ATTACHMENT: Type = Type { name: "VolumeAttachment", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    must("spec", Part(&STORAGE_V1_VOLUME_ATTACHMENT_SPEC)),
    may("status", Part(&STORAGE_V1_VOLUME_ATTACHMENT_STATUS)),
] };

static STORAGE_V1_VOLUME_ATTACHMENT_SOURCE: Type = Type { name: "VolumeAttachmentSource", fields: &[
    may("inlineVolumeSpec", Part(&CORE_V1_PERSISTENT_VOLUME_SPEC)),
    may("persistentVolumeName", Text),
] };

static STORAGE_V1_VOLUME_ATTACHMENT_SPEC: Type = Type { name: "VolumeAttachmentSpec", fields: &[
    must("attacher", Text),
    must("nodeName", Text),
    must("source", Part(&STORAGE_V1_VOLUME_ATTACHMENT_SOURCE)),
] };

static STORAGE_V1_VOLUME_ATTACHMENT_STATUS: Type = Type { name: "VolumeAttachmentStatus", fields: &[
    may("attachError", Part(&STORAGE_V1_VOLUME_ERROR)),
    must("attached", Flag),
    may("attachmentMetadata", Map(&Text)),
    may("detachError", Part(&STORAGE_V1_VOLUME_ERROR)),
] };

static STORAGE_V1_VOLUME_ATTRIBUTES_CLASS: Type = Type { name: "VolumeAttributesClass", fields: &[
    must("apiVersion", Text),
    must("kind", Text),
    must("driverName", Text),
    must("metadata", Part(&META_V1_OBJECT_META)),
    may("parameters", Map(&Text)),
] };

static STORAGE_V1_VOLUME_ERROR: Type = Type { name: "VolumeError", fields: &[
    may("errorCode", Int32),
    may("message", Text),
    may("time", Time),
] };

static STORAGE_V1_VOLUME_NODE_RESOURCES: Type = Type { name: "VolumeNodeResources", fields: &[
    may("count", Int32),
] };
