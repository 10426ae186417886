//! The addresses the server is reached at: one on this machine, and with `--phone` two more on its network.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::ServeError;
use crate::config::Config;
use crate::db::Database;
use crate::headers::Transport;
use crate::listen::Door;
use crate::phone::Phone;
use crate::router::{House, build_router};
use crate::wire::{Origins, parse_origin};

/// Bound, and not yet answering: callers wait until [`crate::serve`] runs.
#[derive(Debug)]
pub struct Doors {
    listener: TcpListener,
    address: SocketAddr,
    phone: Option<Phone>,
}

impl Doors {
    /// Binds what the flags ask for.
    ///
    /// # Errors
    /// Where an address cannot be had, or the phone's certificate cannot be made.
    pub async fn open(config: &Config) -> Result<Self, ServeError> {
        let (listener, address) = bind(config.listen).await?;
        let phone = if config.phone.enabled {
            Some(Phone::open(config).await?)
        } else {
            None
        };
        Ok(Self {
            listener,
            address,
            phone,
        })
    }

    /// Where the server is reached on this machine, the port filled in.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What `--phone` opened.
    #[must_use]
    pub fn phone(&self) -> Option<&Phone> {
        self.phone.as_ref()
    }

    /// Writes for the person at the terminal where Hearth is.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn announce(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "Hearth is at {}", name_address(self.address))?;
        if let Some(phone) = &self.phone {
            phone.announce(out)?;
        }
        out.flush()
    }

    /// Gives each address what it serves.
    pub(crate) fn hang<D: Database>(self, house: &House<D>, config: &Config) -> Vec<Door> {
        let limits = &config.limits;
        let at = |origins| House {
            origins: Arc::new(Origins::new(origins)),
            ..house.clone()
        };
        let origins = match config.origins.is_empty() {
            true => list_origins(self.address),
            false => config.origins.clone(),
        };
        let mut doors = vec![Door {
            listener: self.listener,
            tls: None,
            router: build_router(at(origins), limits, Transport::Plain),
        }];
        if let Some(phone) = self.phone {
            let router = build_router(at(phone.origins()), limits, Transport::Tls);
            doors.extend(phone.hang(router, limits));
        }
        doors
    }
}

pub(crate) async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let name_failure = |source| ServeError::Listen {
        address: address.to_string(),
        source,
    };
    let listener = TcpListener::bind(address).await.map_err(name_failure)?;
    let bound = listener.local_addr().map_err(name_failure)?;
    Ok((listener, bound))
}

/// `localhost` where it leads there, because browsers trust that name without HTTPS.
fn name_address(address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_loopback() || ip.is_unspecified() => {
            format!("http://localhost:{}", address.port())
        }
        IpAddr::V6(ip) if ip.is_loopback() || ip.is_unspecified() => {
            format!("http://localhost:{}", address.port())
        }
        _ => format!("http://{address}"),
    }
}

/// Under which origins a browser on this machine, or on its network, reaches this address.
fn list_origins(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let own = SocketAddr::new(address.ip(), port);
    let loopback = [
        SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port),
        SocketAddr::new(Ipv6Addr::LOCALHOST.into(), port),
        own,
    ];
    let local = std::iter::once(format!("http://localhost:{port}"));
    let all = local.chain(loopback.iter().map(|address| format!("http://{address}")));
    // Written as a browser does: port 80 goes without saying.
    all.filter_map(|origin| parse_origin(&origin).ok())
        .collect()
}
