//! Certificates and who issues them, by cert-manager.

use crate::scalar::{DnsLabel, DnsName, Duration, IpAddress, Percentage};

use super::decode::{At, Named, Raw};
use super::edge_words::{AcmeServer, HostPattern};
use super::refs::KeyRef;
use super::shape::{choice, record};
use super::system::{Annotations, Labels};

record! {
    /// Who issues certificates.
    "issuer" pub struct Issuer {
        /// Whether it serves one namespace or the cluster.
        kind "kind": At<IssuerKind> = "Issuer";
        /// The namespace it lives in, with the certificates that it issues.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "edge";
        /// It is made elsewhere.
        existing "existing": Option<At<Switch>>, eg "true";
        /// By ACME, as Let's Encrypt does.
        acme "acme": Option<At<Acme>>;
        /// By a certificate authority's own key.
        ca "ca": Option<At<CaIssuer>>, eg "root-ca";
        /// Certificates sign themselves.
        self_signed "selfSigned": Option<At<Switch>>, eg "true";
        /// In cert-manager's own form, for Vault and others.
        spec "spec": Option<At<Raw>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["existing", "acme", "ca", "selfSigned", "spec"];
    needs_one "a way";
}

choice! {
    /// Whether an issuer serves one namespace or the cluster.
    "kind of issuer" pub enum IssuerKind {
        /// One namespace. The Secrets it reads are there.
        Issuer "Issuer",
        /// The cluster. The Secrets it reads are in cert-manager's own namespace.
        ClusterIssuer "ClusterIssuer",
    }
}

choice! {
    /// The word for what is switched on.
    "switch" pub enum Switch {
        /// It is so.
        True "true",
    }
}

record! {
    /// By a certificate authority's own key.
    "certificate authority" pub struct CaIssuer {
        /// The Secret with its certificate and key, `tls.crt` and `tls.key`.
        secret "secret": At<DnsName>, eg "root-ca";
    }
    short "secret";
    hint "secretName" => "did you mean `secret`?";
}

record! {
    /// By ACME, as Let's Encrypt does.
    "ACME" pub struct Acme {
        /// Which server.
        server "server": AcmeServer, eg "letsencrypt";
        /// Whom to tell when a certificate is about to end.
        email "email": Option<At<String>>, eg "ops@example.com";
        /// The Secret in which cert-manager keeps the key of the account.
        account_key "accountKey": Option<At<DnsName>>, else "the issuer's name and `-account-key`", eg "letsencrypt-account";
        /// The chain of certificates, where the server has several.
        preferred_chain "preferredChain": Option<String>, eg "ISRG Root X1";
        /// The account of the server's owner that this one belongs to.
        external_account "externalAccount": Option<ExternalAccount>;
        /// How it is shown that a host is ours, by name.
        solvers "solvers": Named<DnsLabel, At<Solver>>, eg "{web: {http01: nginx}}";
    }
    hint "privateKeySecretRef" => "write it as `accountKey: NAME`";
}

impl Acme {
    /// The keys of Secrets that it names.
    pub fn keys(&self) -> impl Iterator<Item = &At<KeyRef>> {
        let account = self.external_account.iter().map(|account| &account.key);
        account.chain(self.solvers.values().flat_map(|solver| solver.keys()))
    }
}

impl Solver {
    fn keys(&self) -> impl Iterator<Item = &At<KeyRef>> {
        let route53 = self.route53.iter();
        let route53 = route53.flat_map(|own| own.access_key.iter().chain(&own.secret_key));
        let tokens = self.cloudflare.iter().map(|own| &own.token);
        tokens
            .chain(self.digitalocean.iter().map(|own| &own.token))
            .chain(self.cloud_dns.iter().flat_map(|own| &own.service_account))
            .chain(self.azure_dns.iter().flat_map(|own| &own.client_secret))
            .chain(route53)
    }
}

record! {
    /// The account of the server's owner.
    "external account" pub struct ExternalAccount {
        /// Its number.
        key_id "keyID": String;
        /// The key of a Secret that holds its key.
        key "key": At<KeyRef>, eg "zerossl/hmac";
    }
}

record! {
    /// How it is shown that a host is ours.
    "solver" pub struct Solver {
        /// By an answer under the host itself, through Ingresses of a class.
        http01 "http01": Option<At<Http01>>, eg "nginx";
        /// By a record at Cloudflare.
        cloudflare "cloudflare": Option<At<Cloudflare>>, eg "dns/token";
        /// By a record at AWS.
        route53 "route53": Option<At<Route53>>;
        /// By a record at Google.
        cloud_dns "cloudDNS": Option<At<CloudDns>>;
        /// By a record at Azure.
        azure_dns "azureDNS": Option<At<AzureDns>>;
        /// By a record at DigitalOcean.
        digitalocean "digitalocean": Option<At<DigitalOcean>>, eg "dns/token";
        /// In cert-manager's own form: what stands under `http01` or `dns01` and those keys too.
        raw "raw": Option<At<Raw>>;
        /// The hosts it is for; all where nothing is said.
        hosts "hosts": Vec<At<HostPattern>>, eg "[api.example.com]";
        /// The domains whose hosts it is for.
        zones "zones": Vec<At<DnsName>>, eg "[example.com]";
    }
    one_of ["http01", "cloudflare", "route53", "cloudDNS", "azureDNS", "digitalocean", "raw"];
    needs_one "a way";
    hint "dns01" => "write its provider right here: `cloudflare`, `route53`, … or `raw: {dns01: …}`";
}

record! {
    /// By an answer under the host itself.
    "http01 solver" pub struct Http01 {
        /// The class of the Ingress that answers.
        class "class": Option<At<DnsName>>, else "the cluster's default class", eg "nginx";
    }
    short "class";
}

record! {
    /// By a record at Cloudflare.
    "solver" pub struct Cloudflare {
        /// The key of a Secret that holds an API token.
        token "token": At<KeyRef>, eg "dns/token";
    }
    short "token";
}

record! {
    /// By a record at DigitalOcean.
    "solver" pub struct DigitalOcean {
        /// The key of a Secret that holds an API token.
        token "token": At<KeyRef>, eg "dns/token";
    }
    short "token";
}

record! {
    /// By a record at AWS.
    "solver" pub struct Route53 {
        /// The region.
        region "region": Option<String>, eg "eu-west-1";
        /// The zone's number, where it is not found by the domain.
        hosted_zone "hostedZone": Option<String>, eg "Z2ABCDEF";
        /// The role it acts as.
        role "role": Option<String>, eg "arn:aws:iam::123456789012:role/dns";
        /// The key of a Secret that holds the id of an access key.
        access_key "accessKey": Option<At<KeyRef>>, else "the account of cert-manager's pods", eg "dns/id";
        /// The key of a Secret that holds the access key's secret.
        secret_key "secretKey": Option<At<KeyRef>>, eg "dns/secret";
    }
}

record! {
    /// By a record at Google.
    "solver" pub struct CloudDns {
        /// The project.
        project "project": String, eg "shop-dns";
        /// The zone's name, where it is not found by the domain.
        hosted_zone "hostedZone": Option<String>;
        /// The key of a Secret that holds a service account's key file.
        service_account "serviceAccount": Option<At<KeyRef>>, else "the account of cert-manager's pods", eg "dns/key.json";
    }
    short "project";
}

record! {
    /// By a record at Azure.
    "solver" pub struct AzureDns {
        /// The subscription.
        subscription "subscription": String;
        /// The resource group of the zone.
        resource_group "resourceGroup": String;
        /// The zone's name.
        hosted_zone "hostedZone": Option<String>, eg "example.com";
        /// The tenant of the client.
        tenant "tenant": Option<At<String>>;
        /// The client it acts as: a managed identity, where there is no secret.
        client "client": Option<At<String>>;
        /// The key of a Secret that holds the client's secret.
        client_secret "clientSecret": Option<At<KeyRef>>, eg "dns/secret";
    }
}

record! {
    /// A certificate that cert-manager keeps valid, in a Secret with `tls.crt`, `tls.key`
    /// and, where the issuer has it, `ca.crt`.
    "certificate" pub struct Certificate {
        /// The namespace it lives in.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "edge";
        /// The Secret it is kept in.
        secret "secret": Option<At<DnsName>>, else "the certificate's name", eg "api-tls";
        /// The hosts it is for.
        hosts "hosts": Vec<At<HostPattern>>, eg "[api.example.com]";
        /// The addresses it is for.
        ip_addresses "ipAddresses": Vec<At<IpAddress>>;
        /// The name in its subject.
        common_name "commonName": Option<At<String>>, eg "shop root";
        /// Who issues it: one under `issuers`.
        issuer "issuer": At<DnsName>, eg "letsencrypt";
        /// How long it is valid.
        duration "duration": Option<At<Duration>>, else "90 days", eg "90d";
        /// How long before its end there is a new one.
        renew_before "renewBefore": Option<At<Duration>>, eg "15d";
        /// The same as a share of its life.
        renew_before_percentage "renewBeforePercentage": Option<At<Percentage>>, eg "25%";
        /// What it is for.
        usages "usages": Vec<At<KeyUsage>>, else "[digital signature, key encipherment]", eg "[server auth]";
        /// Whether it may sign others.
        is_ca "isCA": bool = "false";
        /// Its key.
        private_key "privateKey": Option<At<PrivateKey>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["renewBefore", "renewBeforePercentage"];
    hint "secretName" => "did you mean `secret`?";
    hint "dnsNames" => "did you mean `hosts`?";
    hint "issuerRef" => "did you mean `issuer`?";
}

record! {
    /// The key of a certificate.
    "private key" pub struct PrivateKey {
        /// What kind.
        algorithm "algorithm": Option<At<KeyAlgorithm>>, else "RSA", eg "ECDSA";
        /// How many bits.
        size "size": Option<At<u32>>, eg "256";
        /// Whether a new certificate gets a new key.
        rotation "rotationPolicy": Option<RotationPolicy>, eg "Always";
        /// How it is written.
        encoding "encoding": Option<KeyEncoding>, eg "PKCS8";
    }
    short "algorithm";
}

choice! {
    /// What kind of key.
    "algorithm" pub enum KeyAlgorithm {
        /// RSA, of 2048 to 8192 bits.
        Rsa "RSA",
        /// On a curve, of 256, 384 or 521 bits.
        Ecdsa "ECDSA",
        /// Ed25519.
        Ed25519 "Ed25519",
    }
}

choice! {
    /// Whether a new certificate gets a new key.
    "rotation policy" pub enum RotationPolicy {
        /// Each has its own.
        Always "Always",
        /// The key stays.
        Never "Never",
    }
}

choice! {
    /// How a key is written.
    "encoding" pub enum KeyEncoding {
        /// The older form.
        Pkcs1 "PKCS1",
        /// The newer form.
        Pkcs8 "PKCS8",
    }
}

choice! {
    /// What a certificate is for.
    "usage" pub enum KeyUsage {
        /// Sign.
        Signing "signing",
        /// Sign what is not a certificate.
        DigitalSignature "digital signature",
        /// Sign what cannot be taken back.
        ContentCommitment "content commitment",
        /// Encrypt keys.
        KeyEncipherment "key encipherment",
        /// Agree on keys.
        KeyAgreement "key agreement",
        /// Encrypt data.
        DataEncipherment "data encipherment",
        /// Sign certificates.
        CertSign "cert sign",
        /// Sign lists of revoked ones.
        CrlSign "crl sign",
        /// Encrypt alone.
        EncipherOnly "encipher only",
        /// Decrypt alone.
        DecipherOnly "decipher only",
        /// Anything.
        Any "any",
        /// Be a server.
        ServerAuth "server auth",
        /// Be a client.
        ClientAuth "client auth",
        /// Sign programs.
        CodeSigning "code signing",
        /// Protect mail.
        EmailProtection "email protection",
        /// Protect mail, by another name.
        SMime "s/mime",
        /// An end of IPsec.
        IpsecEndSystem "ipsec end system",
        /// A tunnel of IPsec.
        IpsecTunnel "ipsec tunnel",
        /// A user of IPsec.
        IpsecUser "ipsec user",
        /// Say when.
        Timestamping "timestamping",
        /// Say whether others are still valid.
        OcspSigning "ocsp signing",
        /// An old one of Microsoft's.
        MicrosoftSgc "microsoft sgc",
        /// An old one of Netscape's.
        NetscapeSgc "netscape sgc",
    }
}
