//! Cards: what people and devices are called. They are entities like any other, because a name
//! is content, and everybody may put a name right.

/// The change kind of a person's card.
pub const PERSON: u64 = 7;
/// The change kind of a device's card.
pub const DEVICE: u64 = 8;
/// Field 4: the name.
pub const NAME: u64 = 4;
/// Field 16: whose card it is: the person's or device's id in the circle, 16 bytes.
pub const OF: u64 = 16;

/// The longest name kept, in characters; longer ones are cut there.
pub const LONGEST_NAME: usize = 60;

/// A name as it will be kept; may be empty.
#[must_use]
pub fn tidy_name(typed: &str) -> String {
    let name: String = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    name.chars().take(LONGEST_NAME).collect()
}
