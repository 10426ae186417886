//! Which addresses a home network has, and which of them is this machine's.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

use rcgen::SanType;

/// The networks that no address of the internet lies in: RFC 1918, 6598, 3927, 4193, 4291, and this machine itself.
pub(super) const PRIVATE: [(IpAddr, u8); 9] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
    (IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)), 10),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
];

/// Whether the address lies in one of the [`PRIVATE`] networks.
pub(super) fn is_private(ip: IpAddr) -> bool {
    PRIVATE.iter().any(|(network, length)| match (ip, network) {
        (IpAddr::V4(ip), IpAddr::V4(network)) => {
            (ip.to_bits() ^ network.to_bits()).leading_zeros() >= u32::from(*length)
        }
        (IpAddr::V6(ip), IpAddr::V6(network)) => {
            (ip.to_bits() ^ network.to_bits()).leading_zeros() >= u32::from(*length)
        }
        _ => false,
    })
}

/// The address that a phone in the same network reaches: where the way out leads, or else the first private one.
pub(super) fn find_address() -> Option<IpAddr> {
    find_way_out()
        .filter(|ip| is_private(*ip))
        .or_else(|| list_private().into_iter().find(IpAddr::is_ipv4))
}

/// Asks the system which address it would send from. Nothing is sent: the socket only chooses its route.
fn find_way_out() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address set aside for documentation (RFC 5737).
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback()).then_some(ip)
}

fn list_private() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let addresses = interfaces.iter().map(if_addrs::Interface::ip);
    addresses
        .filter(|ip| is_private(*ip) && !ip.is_loopback())
        .collect()
}

/// Every name the certificate is for: the chosen address, the machine's other private ones, and its `.local` name.
pub(super) fn list_names(chosen: IpAddr) -> Vec<SanType> {
    let mut addresses = list_private();
    addresses.retain(|ip| *ip != chosen);
    addresses.insert(0, chosen);
    let mut names: Vec<_> = addresses.into_iter().map(SanType::IpAddress).collect();
    names.extend(
        name_machine()
            .and_then(|name| name.try_into().ok())
            .map(SanType::DnsName),
    );
    names
}

fn name_machine() -> Option<String> {
    let name = gethostname::gethostname().into_string().ok()?;
    let label = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_plain = label
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_plain && !label.is_empty()).then(|| format!("{label}.local"))
}
