//! The HTTP statuses of the API's answers.

use crate::form::numbered;

numbered! {
    /// How a request was answered, as its HTTP status.
    pub enum Status {
        /// The body is the answer.
        Answered = 200,
        /// Rightly signed, or by nobody who signs, and not a message.
        BadForm = 400,
        /// Rightly signed, by a clock that differs too much; the body is a `server time`.
        WrongClock = 401,
        /// Unknown, forbidden, revoked or missing; the body is the same for all.
        NotHere = 404,
        /// The message came too slowly.
        TooSlow = 408,
        /// The message is longer than it may be, or did not come whole.
        TooLong = 413,
        /// As many listen to this circle as may.
        TooMany = 429,
        /// The server cannot answer now.
        Broken = 503,
        /// There is no room for an attachment.
        Full = 507,
    }
}

impl Status {
    /// The number on the status line.
    #[must_use]
    pub fn code(self) -> u16 {
        u16::try_from(self.number()).unwrap_or(500)
    }
}
