//! Every limit of the protocol, in one place; `docs/protocol.md` lists the same.

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $number:expr,)+) => {
        $($(#[$doc])* pub const $name: usize = $number;)+

        /// Every limit with its name, as `docs/protocol.md` lists them.
        pub const TABLE: &[(u64, &str)] = &[$(($number as u64, stringify!($name))),+];
    };
}

limits! {
    /// Bytes of one change. Longer text becomes an attachment.
    LONGEST_CHANGE = 128 * 1024,
    /// Changes in one frame.
    MOST_CHANGES = 64,
    /// Bytes of a pack before it is deflated; inflating stops here.
    LONGEST_PACK = 192 * 1024,
    /// Items of lists and entries of maps in one object, so that few bytes cannot fill a memory.
    MOST_ITEMS = 131_072,
    /// Maps in one object.
    MOST_MAPS = 16_384,
    /// Bytes of a frame: header, signature and body.
    LONGEST_FRAME = 256 * 1024,
    /// Bytes of a frame's header.
    LONGEST_HEADER = 32 * 1024,
    /// Devices of which one pack head says what its author had seen.
    MOST_SEEN = 256,
    /// Attachments that one frame names.
    MOST_BLOBS_NAMED = 64,
    /// Frames that one erase frame names.
    MOST_ERASED = 64,
    /// Bytes of a control entry.
    LONGEST_ENTRY = 64 * 1024,
    /// Acts in one control entry.
    MOST_ACTS = 128,
    /// People in a circle.
    MOST_PEOPLE = 64,
    /// Keys in a circle, of devices and for recovery.
    MOST_KEYS = 256,
    /// Active keys of one person, so that the cuts of a removal fit its entry.
    MOST_KEYS_OF_PERSON = 16,
    /// Streams in a circle.
    MOST_STREAMS = 32,
    /// Keys in one grant.
    MOST_KEYS_IN_GRANT = 1024,
    /// Bytes of one grant.
    LONGEST_GRANT = 64 * 1024,
    /// Bytes of an exchange, each way.
    LONGEST_EXCHANGE = 1024 * 1024,
    /// Bytes of an attachment as it travels.
    LONGEST_BLOB = 32 * 1024 * 1024,
    /// Bytes of plain text in one chunk of an attachment.
    BLOB_CHUNK = 64 * 1024,
    /// Bytes of an attachment in one request.
    LONGEST_BLOB_PART = 512 * 1024,
    /// Bytes of the sealed bundle or claim of an invite.
    LONGEST_INVITE_BOX = 8 * 1024,
    /// Bytes of any other message.
    LONGEST_SMALL_MESSAGE = 64 * 1024,
    /// Bytes below which nothing is padded to.
    SMALLEST_PADDED = 256,
    /// Seconds by which the time of a request may differ.
    LARGEST_CLOCK_ERROR = 120,
    /// Seconds for which a device is held before it is removed.
    LONGEST_HOLD = 60,
    /// Seconds for which an invite by QR is good.
    QR_INVITE_SECONDS = 600,
    /// Seconds for which an invite by link is good.
    LINK_INVITE_SECONDS = 259_200,
    /// Seconds for which an invite that was claimed in time waits for its approval.
    CLAIMED_INVITE_SECONDS = 2_592_000,
}
