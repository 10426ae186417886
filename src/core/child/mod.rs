//! A child of the family: a name the family chose, nothing more. No date of birth, no surname.

use hearth_protocol::EntityId;
use serde::{Deserialize, Serialize};

/// The change kind of a child.
pub const KIND: u64 = 1;
/// The name or nickname.
pub const NAME: u64 = 4;

/// The longest name kept, in characters; longer ones are cut there.
pub const LONGEST_NAME: usize = 60;

/// A child whom records can be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// Whose records name it.
    pub id: EntityId,
    /// What the family calls the child.
    pub name: String,
}

/// The name as it will be kept, or nothing where there is no name in it.
#[must_use]
pub fn tidy_name(typed: &str) -> Option<String> {
    let name: String = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_without_the_space_around_it() {
        assert_eq!(tidy_name("  Sam \n Lee "), Some("Sam Lee".into()));
        assert_eq!(tidy_name(" \t"), None);
        assert_eq!(
            tidy_name(&"é".repeat(80)).map(|name| name.chars().count()),
            Some(LONGEST_NAME)
        );
    }
}
