//! Custom resources that k8s-openapi does not have: typed, one file per API
//! group, with the fields that k8sgen writes. The definitions in use are those
//! of each project's current release. A field that is not set is left out.

/// Declares a custom resource as one of k8s-openapi's own types would be: an
/// object with metadata and a `spec`.
///
/// ```text
/// custom! {
///     /// A copy of secrets that are kept elsewhere.
///     ExternalSecret, "external-secrets.io", "v1", "externalsecrets", Namespace, ExternalSecretSpec
/// }
/// ```
macro_rules! custom {
    (
        $(#[doc = $doc:literal])*
        $name:ident, $group:literal, $version:literal, $plural:literal, $scope:ident, $spec:ty
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
            pub spec: $spec,
        }

        impl k8s_openapi::Resource for $name {
            const API_VERSION: &'static str = concat!($group, "/", $version);
            const GROUP: &'static str = $group;
            const KIND: &'static str = stringify!($name);
            const VERSION: &'static str = $version;
            const URL_PATH_SEGMENT: &'static str = $plural;
            type Scope = k8s_openapi::$scope;
        }

        impl k8s_openapi::Metadata for $name {
            type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

            fn metadata(&self) -> &Self::Ty {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut Self::Ty {
                &mut self.metadata
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct as _;
                let mut object = serializer.serialize_struct(stringify!($name), 4)?;
                object.serialize_field(
                    "apiVersion",
                    <$name as k8s_openapi::Resource>::API_VERSION,
                )?;
                object.serialize_field("kind", <$name as k8s_openapi::Resource>::KIND)?;
                object.serialize_field("metadata", &self.metadata)?;
                object.serialize_field("spec", &self.spec)?;
                object.end()
            }
        }
    };
}

use custom;

pub mod argo;
pub mod argo_cd;
pub mod autoscaling;
pub mod cert_manager;
pub mod external_secrets;
pub mod flux;
pub mod gateway;
pub mod monitoring;
pub mod sealed_secrets;
pub mod snapshot;
