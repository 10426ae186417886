//! The authority and the addresses it is for.

use std::net::IpAddr;
use std::sync::Arc;

use rcgen::SanType;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier as _;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{ServerName, UnixTime};

use super::address::{is_private, list_names};
use super::authority::Authority;
use super::draw_code;

#[test]
fn only_networks_that_the_internet_does_not_reach_are_private() {
    let private = [
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.1",
        "100.127.0.1",
        "169.254.9.9",
        "127.0.0.1",
        "fd12::1",
        "fe80::1",
        "::1",
    ];
    let public = [
        "11.0.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "100.128.0.1",
        "8.8.8.8",
        "2001:db8::1",
        "fec0::1",
        "::2",
    ];
    for address in private {
        assert!(is_private(address.parse().unwrap()), "{address}");
    }
    for address in public {
        assert!(!is_private(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn the_chosen_address_comes_first_and_once() {
    let chosen: IpAddr = "192.168.7.7".parse().unwrap();
    let names = list_names(chosen);
    assert_eq!(names.first(), Some(&SanType::IpAddress(chosen)));
    assert_eq!(
        names
            .iter()
            .filter(|name| **name == SanType::IpAddress(chosen))
            .count(),
        1
    );
}

/// Whether a phone that trusts the authority would take its certificate for this name.
fn is_trusted(authority: &Authority, name: &str) -> bool {
    let san = match name.parse() {
        Ok(ip) => SanType::IpAddress(ip),
        Err(_) => SanType::DnsName(name.try_into().unwrap()),
    };
    let (certificate, _) = authority.vouch(&[san]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate().clone()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .unwrap();
    let name = ServerName::try_from(name).unwrap();
    verifier
        .verify_server_cert(&certificate, &[], &name, &[], UnixTime::now())
        .is_ok()
}

#[test]
fn a_stolen_key_can_vouch_for_home_networks_only() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::open(folder.path()).unwrap();
    for name in ["192.168.1.20", "10.0.0.2", "fd00::5", "kitchen.local"] {
        assert!(is_trusted(&authority, name), "{name}");
    }
    for name in [
        "8.8.8.8",
        "2001:db8::1",
        "example.org",
        "bank.example",
        "local.example",
    ] {
        assert!(!is_trusted(&authority, name), "{name}");
    }
}

#[test]
fn the_authority_read_again_is_the_same_and_still_vouches() {
    let folder = tempfile::tempdir().unwrap();
    let made = Authority::open(folder.path()).unwrap();
    let read = Authority::open(folder.path()).unwrap();
    assert_eq!(read.certificate(), made.certificate());
    assert_eq!(read.fingerprint(), made.fingerprint());
    assert!(is_trusted(&read, "192.168.1.20"));
}

#[test]
fn the_code_fits_a_terminal() {
    let code = draw_code("https://192.168.100.200:8443");
    let widths: Vec<_> = code.lines().map(|line| line.chars().count()).collect();
    assert!(
        widths.iter().all(|width| (20..=40).contains(width)),
        "{widths:?}"
    );
}
