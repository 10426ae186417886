//! What can be set, by flag or by environment.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, ValueEnum};

use crate::api::{Founders, Settings};
use crate::wire::{LONGEST_SILENCE, parse_origin};

/// Serves Hearth: the app, and the sealed records that phones send.
#[derive(Clone, Debug, Parser)]
#[command(name = "hearth-server", version)]
pub struct Config {
    /// Where to listen. Port 0 takes any free one; the address is printed.
    #[arg(
        long,
        env = "HEARTH_LISTEN",
        default_value = "127.0.0.1:8787",
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,

    /// The database file, made where it is missing. The server's own key and the phone certificate stay beside it.
    #[arg(
        long,
        env = "HEARTH_DATA",
        default_value = "hearth-data/hearth.sqlite",
        value_name = "FILE"
    )]
    pub data: PathBuf,

    /// Where control entries and erasures are kept besides, so that a restored backup of the database neither forgets who was
    /// removed nor brings an erased word back. Keep it apart from those backups, and never restore it. [default: DATA.journal]
    #[arg(long, env = "HEARTH_JOURNAL", value_name = "FILE")]
    pub journal: Option<PathBuf>,

    /// The address under which phones know this server, such as `https://hearth.example.org`. Say it once for each.
    ///
    /// Phones sign it with every request, so that what was signed for one server is of no use at another.
    /// Without it: localhost, and the address given with --listen. A proxy in front must pass the Host header on.
    #[arg(long = "origin", env = "HEARTH_ORIGIN", value_name = "ORIGIN", value_delimiter = ',', value_parser = parse_origin)]
    pub origins: Vec<String>,

    /// Who may begin a circle here. With nobody, the circles that are here go on.
    #[arg(long, env = "HEARTH_FOUND", value_enum, default_value_t = Founders::Anyone, value_name = "WHO")]
    pub found: Founders,

    /// Bytes that one circle may take, its photos and voices included.
    #[arg(long, env = "HEARTH_CIRCLE_BYTES", default_value_t = Settings::default().circle_bytes, value_name = "BYTES")]
    pub circle_bytes: u64,

    /// Serve the app from this folder instead of the one inside the program.
    #[arg(long, env = "HEARTH_APP", value_name = "DIR")]
    pub app: Option<PathBuf>,

    /// How log lines look.
    #[arg(long, env = "HEARTH_LOG_FORMAT", value_enum, default_value_t = LogFormat::Plain)]
    pub log_format: LogFormat,

    /// The least urgent log line to write: error, warn, info, debug or trace.
    #[arg(
        long,
        env = "HEARTH_LOG_LEVEL",
        default_value = "info",
        value_name = "LEVEL"
    )]
    pub log_level: tracing::Level,

    /// Flags for trying Hearth on a phone.
    #[command(flatten)]
    pub phone: PhoneConfig,

    /// How much one caller may take.
    #[command(flatten)]
    pub limits: Limits,
}

impl Config {
    /// What concerns circles.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            found: self.found,
            circle_bytes: self.circle_bytes,
        }
    }

    /// Where the journal is.
    #[must_use]
    pub fn journal(&self) -> PathBuf {
        let beside = || {
            let mut path = self.data.clone().into_os_string();
            path.push(".journal");
            path.into()
        };
        self.journal.clone().unwrap_or_else(beside)
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One readable line.
    Plain,
    /// One JSON object a line.
    Json,
}

/// What `--phone` takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "A phone on your network")]
pub struct PhoneConfig {
    /// Also serve HTTPS on this machine's network address, for a phone on the same network.
    ///
    /// A browser keeps records, uses the camera and works offline only on a secure page, so a phone needs HTTPS.
    /// The first start makes a certificate authority of your own, kept beside the database in phone/authority.pem.
    /// It can vouch for addresses of home networks only, never for a site on the internet.
    /// A plain page offers its certificate to the phone, with the steps for Android and iPhone;
    /// the addresses and their QR codes are printed.
    /// The phone keeps its records under the exact address it opened: if this machine's address changes,
    /// the phone sees an empty place under the new one.
    #[arg(id = "phone", long = "phone", env = "HEARTH_PHONE")]
    pub enabled: bool,

    /// The network address to use, where the machine has several.
    #[arg(
        long = "phone-address",
        env = "HEARTH_PHONE_ADDRESS",
        value_name = "IP"
    )]
    pub address: Option<IpAddr>,

    /// The port for HTTPS.
    #[arg(
        long = "phone-port",
        env = "HEARTH_PHONE_PORT",
        default_value_t = 8443,
        value_name = "PORT"
    )]
    pub port: u16,

    /// The port of the plain page that offers the certificate.
    #[arg(
        long = "phone-help-port",
        env = "HEARTH_PHONE_HELP_PORT",
        default_value_t = 8788,
        value_name = "PORT"
    )]
    pub help_port: u16,
}

/// How much one caller may take before the server lets go. Times are in seconds, and may have a fraction.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Seconds in which a whole request header must have come, and a TLS handshake be done.
    #[arg(long = "header-seconds", env = "HEARTH_HEADER_SECONDS", default_value = "10", value_parser = parse_seconds)]
    pub header_time: Duration,

    /// Seconds in which a request must be answered, its body included.
    #[arg(long = "request-seconds", env = "HEARTH_REQUEST_SECONDS", default_value = "30", value_parser = parse_seconds)]
    pub request_time: Duration,

    /// Seconds without a byte either way before a connection is closed. Keep it above the request's seconds.
    #[arg(long = "idle-seconds", env = "HEARTH_IDLE_SECONDS", default_value = "60", value_parser = parse_seconds)]
    pub idle_time: Duration,

    /// Seconds that requests under way have left when the server is told to stop.
    #[arg(long = "drain-seconds", env = "HEARTH_DRAIN_SECONDS", default_value = "20", value_parser = parse_seconds)]
    pub drain_time: Duration,

    /// Bytes of a request's header.
    #[arg(long, env = "HEARTH_HEADER_BYTES", default_value = "16384", value_parser = parse_header_bytes)]
    pub header_bytes: usize,

    /// Fields of a request's header.
    #[arg(long, env = "HEARTH_HEADER_COUNT", default_value_t = 64)]
    pub header_count: usize,

    /// Bytes of a request's body: one exchange of the protocol.
    #[arg(long, env = "HEARTH_BODY_BYTES", default_value_t = 1024 * 1024)]
    pub body_bytes: usize,

    /// Connections open at one time; one more is closed at once.
    #[arg(long, env = "HEARTH_CONNECTIONS", default_value_t = 4096)]
    pub connections: usize,
}

impl Limits {
    /// The longest that an answer that goes on may be silent: no idle limit, ours or a proxy's, must end it.
    #[must_use]
    pub fn silence(&self) -> Duration {
        LONGEST_SILENCE.min(self.idle_time / 3)
    }
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().map_err(|error| error.to_string())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// The HTTP library reads into no less than 8 KiB.
fn parse_header_bytes(text: &str) -> Result<usize, String> {
    let bytes = text.parse::<usize>().map_err(|error| error.to_string())?;
    if bytes < 8192 {
        return Err("at least 8192".to_owned());
    }
    Ok(bytes)
}
