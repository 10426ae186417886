//! One entity, as the changes that are here make it.

use super::begin::Begin;
use super::version::{Given, find_heads};
use super::{KeptChange, Name, Version, has_seen};
use crate::record::DELETED;
use hearth_protocol::sorted::sort_by_key;
use hearth_protocol::{EntityId, Hlc, PersonId, SortedSet, Value};

/// One entity. What it shows is computed from its changes when it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// By name.
    pub(super) changes: Vec<KeptChange>,
    pub(super) begin: Begin,
}

impl Entity {
    /// What sort of thing it is: what its first change said.
    #[must_use]
    pub fn kind(&self) -> u64 {
        self.begin.kind
    }

    /// Who began it.
    #[must_use]
    pub fn author(&self) -> PersonId {
        self.begin.author
    }

    /// When it was begun, as far as that is believed.
    #[must_use]
    pub fn first(&self) -> Hlc {
        self.begin.first
    }

    /// When it was last changed, as far as that is believed.
    #[must_use]
    pub fn last(&self) -> Hlc {
        let times = self.counting().map(KeptChange::time);
        times.max().unwrap_or(self.begin.first)
    }

    /// The value of a field that is shown: its greatest head. Emptied fields have none.
    #[must_use]
    pub fn field(&self, field: u64) -> Option<&Value> {
        let mut given = self.given(field);
        let first = given.next()?;
        let value = match given.next() {
            None => first.1,
            Some(_) => find_heads(self.given(field)).first()?.1,
        };
        (*value != Value::Null).then_some(value)
    }

    /// The text of a field that is shown.
    #[must_use]
    pub fn text(&self, field: u64) -> Option<&str> {
        self.field(field)?.as_text()
    }

    /// The number of a field that is shown.
    #[must_use]
    pub fn int(&self, field: u64) -> Option<i64> {
        self.field(field)?.as_int()
    }

    /// The entity that a field names.
    #[must_use]
    pub fn entity(&self, field: u64) -> Option<EntityId> {
        self.field(field)?.as_array().map(EntityId)
    }

    /// Every text that is shown, by field.
    pub fn texts(&self) -> impl Iterator<Item = (u64, &str)> {
        let fields = self.fields().into_iter();
        fields.filter_map(|field| Some((field, self.text(field)?)))
    }

    /// The versions of a field that stand beside one another, the shown one first. One is the
    /// rule; several were written by people who had not seen each other's.
    #[must_use]
    pub fn heads(&self, field: u64) -> Vec<Version<'_>> {
        let heads = find_heads(self.given(field)).into_iter();
        heads.map(|given| Version::new(given, true)).collect()
    }

    /// Every version that a field has had, oldest first; the shown one last, whatever the clocks
    /// said.
    #[must_use]
    pub fn history(&self, field: u64) -> Vec<Version<'_>> {
        let heads = find_heads(self.given(field));
        let shown = heads.first().map(|(change, _)| change.name());
        let heads = heads.into_iter();
        let heads: SortedSet<Name> = heads.map(|(change, _)| change.name()).collect();
        let mut given: Vec<Given<'_>> = self.given(field).collect();
        sort_by_key(&mut given, |(change, _)| {
            (Some(change.name()) == shown, change.rank())
        });
        let versions = given.into_iter();
        versions
            .map(|given| Version::new(given, heads.contains(&given.0.name())))
            .collect()
    }

    /// The fields whose heads differ: for a person to keep one or combine them.
    #[must_use]
    pub fn conflicts(&self) -> Vec<u64> {
        let differ = |field: &u64| {
            let heads = find_heads(self.given(*field));
            heads.windows(2).any(|pair| pair[0].1 != pair[1].1)
        };
        self.fields().into_iter().filter(differ).collect()
    }

    /// Whether it is deleted; see [`Entity::deletion`].
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deletion().is_some()
    }

    /// The delete that hides it: a head whose author had seen every other change that counts.
    /// A delete beside an edit hides nothing, both are known ([`Entity::heads`]). Two deletes
    /// that did not see each other do hide: neither says a word that could be missed.
    #[must_use]
    pub fn deletion(&self) -> Option<Version<'_>> {
        // Most entities were never deleted.
        self.given(DELETED).next()?;
        let hides = |(delete, value): &Given<'_>| {
            let is_known = |other: &KeptChange| {
                other.name() == delete.name()
                    || other.is_only_delete()
                    || has_seen(&delete.origin, &other.origin)
            };
            **value != Value::Null && self.counting().all(is_known)
        };
        let mut heads = find_heads(self.given(DELETED)).into_iter();
        heads.find(hides).map(|given| Version::new(given, true))
    }

    /// All its changes, also those that do not count.
    pub fn changes(&self) -> impl Iterator<Item = &KeptChange> {
        self.changes.iter()
    }

    /// The names of all its changes, also of those that do not count.
    pub fn names(&self) -> impl Iterator<Item = Name> {
        self.changes.iter().map(KeptChange::name)
    }

    /// The changes that do not count, because somebody else began it: kept, never shown as its
    /// words.
    pub fn ignored(&self) -> impl Iterator<Item = &KeptChange> {
        let changes = self.changes.iter();
        changes.filter(|change| !self.begin.counts(change))
    }

    /// The fields that changes which count have set.
    #[must_use]
    pub fn fields(&self) -> SortedSet<u64> {
        let patches = self.counting().flat_map(|change| &change.patch);
        patches.map(|(field, _)| *field).collect()
    }

    fn counting(&self) -> impl Iterator<Item = &KeptChange> {
        let changes = self.changes.iter();
        changes.filter(|change| self.begin.counts(change))
    }

    fn given(&self, field: u64) -> impl Iterator<Item = Given<'_>> {
        self.counting()
            .filter_map(move |change| Some((change, change.value(field)?)))
    }
}
