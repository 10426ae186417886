//! Trying Hearth on a phone in the same network. Without HTTPS a browser gives a page no service worker,
//! no camera and no lasting storage, so this room makes a certificate authority for the one household,
//! serves HTTPS with it, and explains to a person how the phone learns to trust it.
//! A server on the internet needs none of this: it has a real certificate.

use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::Router;
use rcgen::SanType;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::ServeError;
use crate::config::{Config, Limits};
use crate::doors::bind;
use crate::listen::Door;
use crate::wire::parse_origin;
use authority::Authority;

mod address;
mod authority;
mod help;
#[cfg(test)]
mod tests;
mod tls;

/// Why a phone cannot be served.
#[derive(Debug, Error)]
pub enum PhoneError {
    /// No interface with a private address is up.
    #[error(
        "this machine has no address on a home network: join one, or give the address with --phone-address"
    )]
    NoNetwork,
    /// The certificate must not vouch for the internet.
    #[error("{0} is not an address of a home network, and the certificate is for those only")]
    PublicAddress(IpAddr),
    /// The authority's file or its folder cannot be read or made.
    #[error("{path} could not be opened: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Phones trust what is in that file, so it is not quietly replaced.
    #[error(
        "{0} is damaged: move it away to make a new certificate, which each phone must then install again"
    )]
    Damaged(PathBuf),
    /// A certificate could not be made.
    #[error("the certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The certificate could not be put to use.
    #[error("the certificate could not be used: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
}

/// Two open addresses: HTTPS with the app, and the plain page that offers the certificate.
pub struct Phone {
    secure: TcpListener,
    secure_address: SocketAddr,
    help: TcpListener,
    help_address: SocketAddr,
    /// What the certificate is for.
    names: Vec<SanType>,
    authority: Authority,
    tls: TlsAcceptor,
}

impl Phone {
    /// Finds the address, makes or reads the authority, and binds both ports.
    pub(crate) async fn open(config: &Config) -> Result<Self, ServeError> {
        let ip = match config.phone.address {
            Some(ip) => ip,
            None => address::find_address().ok_or(PhoneError::NoNetwork)?,
        };
        if !address::is_private(ip) {
            return Err(PhoneError::PublicAddress(ip).into());
        }
        let folder = config.data.parent().unwrap_or(Path::new("")).join("phone");
        let authority = Authority::open(&folder)?;
        let names = address::list_names(ip);
        let tls = tls::accept_with(&authority, &names)?;
        let (secure, secure_address) = bind(SocketAddr::new(ip, config.phone.port)).await?;
        let (help, help_address) = bind(SocketAddr::new(ip, config.phone.help_port)).await?;
        Ok(Self {
            secure,
            secure_address,
            help,
            help_address,
            names,
            authority,
            tls,
        })
    }

    /// Where the app is served over HTTPS.
    #[must_use]
    pub fn secure_address(&self) -> SocketAddr {
        self.secure_address
    }

    /// The origins under which a phone may know this server: the chosen address first.
    pub(crate) fn origins(&self) -> Vec<String> {
        let port = self.secure_address.port();
        let named = self.names.iter().filter_map(|name| match name {
            SanType::IpAddress(ip) => Some(SocketAddr::new(*ip, port).to_string()),
            SanType::DnsName(name) => Some(format!("{}:{port}", name.as_str())),
            _ => None,
        });
        // Written as a browser does: port 443 goes without saying.
        let origins = named.map(|authority| parse_origin(&format!("https://{authority}")));
        origins.filter_map(Result::ok).collect()
    }

    /// Where the plain page is.
    #[must_use]
    pub fn help_address(&self) -> SocketAddr {
        self.help_address
    }

    pub(crate) fn announce(&self, out: &mut impl Write) -> io::Result<()> {
        let help = format!("http://{}", self.help_address);
        let secure = format!("https://{}", self.secure_address);
        writeln!(
            out,
            "\nOn a phone in the same network, the first time: open {help} and follow the steps."
        )?;
        writeln!(
            out,
            "The certificate's SHA-256 is\n{}",
            self.authority.fingerprint()
        )?;
        writeln!(out, "{}", draw_code(&help))?;
        writeln!(
            out,
            "Every time after that: {secure}\n{}",
            draw_code(&secure)
        )
    }

    pub(crate) fn hang(self, app: Router, limits: &Limits) -> [Door; 2] {
        let secure = format!("https://{}", self.secure_address);
        let help = help::build_router(&self.authority, &secure, limits);
        [
            Door {
                listener: self.secure,
                tls: Some(self.tls),
                router: app,
            },
            Door {
                listener: self.help,
                tls: None,
                router: help,
            },
        ]
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Phone")
            .field("secure", &self.secure_address)
            .field("help", &self.help_address)
            .finish_non_exhaustive()
    }
}

/// Dark on light where the terminal is light on dark, because cameras expect it so. Nothing where it does not fit.
fn draw_code(address: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    qrcode::QrCode::new(address).map_or_else(
        |_| String::new(),
        |code| {
            code.render::<Dense1x2>()
                .dark_color(Dense1x2::Light)
                .light_color(Dense1x2::Dark)
                .build()
        },
    )
}
