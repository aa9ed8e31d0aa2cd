//! Who an account is to a cloud: pods get its rights there without a key.

use crate::scalar::{Scalar, kept_text};

use super::decode::At;
use super::shape::{record, scalars};

record! {
    /// Who an account is to the cloud that the cluster runs in. The cloud must trust the account.
    "identity" pub struct Identity {
        /// The IAM role that the pods assume (EKS): the annotation `eks.amazonaws.com/role-arn`.
        aws "aws": Option<At<AwsRole>>, eg "arn:aws:iam::123456789012:role/web";
        /// The client id of the managed identity (AKS): the annotation `azure.workload.identity/client-id`, and the label `azure.workload.identity/use` of the pods.
        azure "azure": Option<At<AzureClient>>, eg "1f2e3d4c-5b6a-4789-8abc-0123456789ab";
        /// The Google service account (GKE): the annotation `iam.gke.io/gcp-service-account`.
        google "google": Option<At<GoogleAccount>>, eg "web-app@shop-prod.iam.gserviceaccount.com";
    }
    one_of ["aws", "azure", "google"];
    needs_one "a cloud";
    hint "gcp" => "did you mean `google`?";
    hint "gke" => "did you mean `google`?";
    hint "eks" => "did you mean `aws`?";
    hint "aks" => "did you mean `azure`?";
}

kept_text! {
    /// The ARN of an IAM role.
    AwsRole
}

impl Scalar for AwsRole {
    const NAME: &'static str = "IAM role";
    const DOC: &'static str = "The ARN of an IAM role.";
    const EXAMPLES: &'static [&'static str] = &["arn:aws:iam::123456789012:role/web"];
    const PATTERN: &'static str = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$";

    fn parse(text: &str) -> Result<AwsRole, String> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, "iam", "", account, resource] = parts[..] else {
            return Err("expected `arn:aws:iam::ACCOUNT:role/NAME`".to_owned());
        };
        let known = partition == "aws"
            || partition.strip_prefix("aws-").is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            });
        if !known {
            return Err("the part behind `arn:` is `aws`, `aws-cn` or `aws-us-gov`".to_owned());
        }
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err("an account has 12 digits".to_owned());
        }
        let Some(path) = resource.strip_prefix("role/") else {
            return Err("this is no role: `role/NAME` stands at the end".to_owned());
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c);
        if name.is_empty() || name.len() > 64 || path.len() > 512 || !path.chars().all(allowed) {
            return Err("a role's name has 1 to 64 letters, digits and `_+=,.@-`".to_owned());
        }
        Ok(AwsRole(text.into()))
    }
}

kept_text! {
    /// The client id of a managed identity.
    AzureClient
}

impl Scalar for AzureClient {
    const NAME: &'static str = "client id";
    const DOC: &'static str = "The client id of a managed identity: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.";
    const EXAMPLES: &'static [&'static str] = &["1f2e3d4c-5b6a-4789-8abc-0123456789ab"];
    const PATTERN: &'static str = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

    fn parse(text: &str) -> Result<AzureClient, String> {
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        let digits = text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit());
        if lengths != [8, 4, 4, 4, 12] || !digits {
            return Err("hexadecimal digits in groups of 8, 4, 4, 4 and 12".to_owned());
        }
        Ok(AzureClient(text.into()))
    }
}

kept_text! {
    /// A Google service account.
    GoogleAccount
}

impl Scalar for GoogleAccount {
    const NAME: &'static str = "Google service account";
    const DOC: &'static str = "The address of a Google service account.";
    const EXAMPLES: &'static [&'static str] = &["web-app@shop-prod.iam.gserviceaccount.com"];
    const PATTERN: &'static str = "^[a-z0-9-]+@[a-z0-9.-]+\\.gserviceaccount\\.com$";

    fn parse(text: &str) -> Result<GoogleAccount, String> {
        let form = || "expected `NAME@PROJECT.iam.gserviceaccount.com`".to_owned();
        let (name, host) = text.split_once('@').ok_or_else(form)?;
        let word = |text: &str, more: &str| {
            let allowed =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c);
            !text.is_empty() && text.chars().all(allowed)
        };
        let project = host.strip_suffix(".iam.gserviceaccount.com");
        match project {
            Some(project) if word(project, "-.") && word(name, "-") => {
                if !(6..=30).contains(&name.len()) {
                    return Err("a service account's name has 6 to 30 characters".to_owned());
                }
                Ok(GoogleAccount(text.into()))
            }
            // Compute Engine's own.
            None if host == "developer.gserviceaccount.com" && word(name, "-") => {
                Ok(GoogleAccount(text.into()))
            }
            _ => Err(form()),
        }
    }
}

scalars!(AwsRole, AzureClient, GoogleAccount);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        assert!(AwsRole::parse("arn:aws:iam::123456789012:role/a/b/web").is_ok());
        assert!(AwsRole::parse("arn:aws-us-gov:iam::123456789012:role/web").is_ok());
        for wrong in [
            "web",
            "arn:aws:iam::12345:role/web",
            "arn:aws:iam::123456789012:user/web",
            "arn:aws:s3:::bucket",
            "arn:aws:iam::123456789012:role/",
            "arn:azure:iam::123456789012:role/web",
            "arn:aws:iam::123456789012:role/a b",
        ] {
            assert!(AwsRole::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn clients_and_accounts() {
        assert!(AzureClient::parse("1f2e3d4c-5b6a-4789-8abc-0123456789ab").is_ok());
        assert!(AzureClient::parse("1f2e3d4c5b6a47898abc0123456789ab").is_err());
        assert!(AzureClient::parse("1f2e3d4c-5b6a-4789-8abc-0123456789ag").is_err());
        assert!(GoogleAccount::parse("web-app@shop.iam.gserviceaccount.com").is_ok());
        assert!(GoogleAccount::parse("12-compute@developer.gserviceaccount.com").is_ok());
        assert!(GoogleAccount::parse("web@shop.iam.gserviceaccount.com").is_err());
        assert!(GoogleAccount::parse("somebody@example.com").is_err());
    }
}
