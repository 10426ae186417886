//! The household's certificate authority: made once, kept beside the database, and able to vouch
//! for addresses of home networks only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints, SanType,
};
use sha2::{Digest as _, Sha256};
use time::{Duration, OffsetDateTime};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::PhoneError;
use super::address::PRIVATE;
use crate::files::{make_private_folder, open_private};

/// Phones are asked to install it by hand, so it lasts as long as the phone.
const AUTHORITY_DAYS: i64 = 3650;
/// Apple takes no longer certificate of a server. A new one is made at every start.
const SERVER_DAYS: i64 = 397;
/// A phone's clock may be behind.
const BEFORE: Duration = Duration::DAY;

/// The authority's certificate and its key.
pub(crate) struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    /// Reads `authority.pem` in the folder, or makes it at the first start.
    pub(crate) fn open(folder: &Path) -> Result<Self, PhoneError> {
        let path = folder.join("authority.pem");
        match fs::read(&path) {
            Ok(pem) => Self::read(&pem).ok_or(PhoneError::Damaged(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (authority, pem) = Self::make()?;
                keep(folder, &path, &pem).map_err(|source| PhoneError::File { path, source })?;
                Ok(authority)
            }
            Err(source) => Err(PhoneError::File { path, source }),
        }
    }

    /// A certificate for these names, and its own fresh key.
    pub(crate) fn vouch(
        &self,
        names: &[SanType],
    ) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), PhoneError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        (params.not_before, params.not_after) = last_days(SERVER_DAYS);
        params.distinguished_name = DistinguishedName::new();
        params
            .distinguished_name
            .push(DnType::CommonName, "Hearth on this network");
        params.subject_alt_names = names.to_vec();
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok((certificate.into(), key.into()))
    }

    /// The certificate that a phone installs, in DER.
    pub(crate) fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// What a person compares: the certificate's SHA-256, in pairs.
    pub(crate) fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.certificate);
        digest
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn make() -> Result<(Self, String), PhoneError> {
        let key = KeyPair::generate()?;
        let params = describe(&key);
        let certificate = params.self_signed(&key)?;
        let pem = format!("{}{}", key.serialize_pem(), certificate.pem());
        let issuer = Issuer::new(params, key);
        Ok((
            Self {
                certificate: certificate.into(),
                issuer,
            },
            pem,
        ))
    }

    fn read(pem: &[u8]) -> Option<Self> {
        let certificate = CertificateDer::from_pem_slice(pem).ok()?;
        let key = KeyPair::try_from(&PrivateKeyDer::from_pem_slice(pem).ok()?).ok()?;
        Some(Self {
            certificate,
            issuer: Issuer::new(describe(&key), key),
        })
    }
}

/// Everything but the dates follows from the key, so the issuer's name is the same after a restart.
fn describe(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    (params.not_before, params.not_after) = last_days(AUTHORITY_DAYS);
    let digest = Sha256::digest(key.public_key_raw());
    let mark: String = digest
        .iter()
        .take(2)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::CommonName, format!("Hearth at home {mark}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let networks = PRIVATE
        .iter()
        .map(|(ip, length)| CidrSubnet::from_addr_prefix(*ip, *length));
    let mut permitted: Vec<_> = networks.map(GeneralSubtree::IpAddress).collect();
    permitted.push(GeneralSubtree::DnsName("local".to_owned()));
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: permitted,
        excluded_subtrees: Vec::new(),
    });
    params
}

fn last_days(days: i64) -> (OffsetDateTime, OffsetDateTime) {
    let now = OffsetDateTime::now_utc();
    (now - BEFORE, now - BEFORE + Duration::days(days))
}

/// Whole or not at all: a half-written authority would have to be installed again on every phone.
fn keep(folder: &Path, path: &Path, pem: &str) -> io::Result<()> {
    make_private_folder(folder)?;
    let beginning: PathBuf = folder.join("authority.pem.new");
    let mut file = open_private(
        OpenOptions::new().write(true).create(true).truncate(true),
        &beginning,
    )?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    fs::rename(beginning, path)?;
    sync_folder(folder)
}

/// A new name is on the disk only when its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}
