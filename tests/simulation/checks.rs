//! What has to be true when everybody has come to rest (I1 to I8 of the test catalogue).

use crate::canary::find_canary;
use crate::dump::{Dump, dump};
use crate::family::NEWCOMERS;
use crate::ledger::epoch_at;
use crate::phone::Phone;
use crate::promises::Promise;
use crate::world::World;
use hearth_core::EntityId;
use hearth_core::record::DELETED;
use hearth_protocol::control::Act;
use hearth_protocol::frame::PackItem;
use hearth_protocol::{DeviceId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// A value of a field, with whose it is, and how often.
pub(crate) type Tally = BTreeMap<(EntityId, u64, PersonId, String), usize>;

impl World {
    /// All of them. Where one does not hold, says which and on which phone.
    pub(crate) fn check(&mut self) {
        let (members, late) = (self.members(), self.late_members());
        let mut here = members.iter().chain(&late);
        assert!(here.all(|phone| self.is_in(*phone)), "somebody is not in");
        for phone in members.iter().chain(&late) {
            let vault = &self.phones[*phone].vault;
            let state = vault.sync_state();
            assert_eq!(
                (state.unsent, state.trouble),
                (0, None),
                "phone {phone} keeps something back"
            );
        }
        for phone in members.iter().chain(&late) {
            self.check_arrived(*phone, &members);
        }
        let dumps: Vec<Dump> = self.phones.iter_mut().map(dump).collect();
        for (phone, before) in dumps.iter().enumerate() {
            self.phones[phone].restart();
            let again = dump(&mut self.phones[phone]);
            let what = format!("phone {phone} before and after a restart");
            assert_same(before, &again, &what);
        }
        self.check_log(&members);
        for phone in &members {
            let what = format!("phones {} and {phone}", members[0]);
            assert_same(&dumps[members[0]], &dumps[*phone], &what);
        }
        for pair in late.windows(2) {
            let what = format!("phones {} and {}, from now on", pair[0], pair[1]);
            assert_same(&dumps[pair[0]], &dumps[pair[1]], &what);
        }
        self.counts.conflicts += dumps[0].conflicts;
        self.check_promises(&members, &dumps);
        self.check_late(&late, &dumps);
        self.check_photos(&members);
        self.check_ended(&members, &dumps);
        for phone in 0..self.phones.len() {
            if self.phones[phone].is_removed {
                self.check_removed(phone);
            }
        }
        let found = find_canary(&self.server.database);
        assert_eq!(found, None, "the server holds words that a person wrote");
    }

    /// Everybody was told that this phone has come, so that what it reads is safe.
    fn check_arrived(&self, phone: usize, by: &[usize]) {
        let device = self.phones[phone].replica().me().device;
        let knows = |other: &usize| self.phones[*other].replica().circle().has_arrived(&device);
        assert!(
            by.iter().all(knows),
            "phone {phone} has come, and somebody does not know"
        );
    }

    /// The phones that read everything.
    pub(crate) fn members(&self) -> Vec<usize> {
        self.phones_here(false)
    }

    /// Those that read only from when they came.
    fn late_members(&self) -> Vec<usize> {
        self.phones_here(true)
    }

    fn phones_here(&self, is_late: bool) -> Vec<usize> {
        let all = 0..self.phones.len();
        let is_here = |phone: &Phone| !phone.is_removed && !phone.is_away;
        let is_meant = |phone: &usize| is_late == (*phone >= NEWCOMERS && !self.reads_all);
        all.filter(|phone| is_meant(phone) && is_here(&self.phones[*phone]))
            .collect()
    }

    fn person_of(&self, phone: usize) -> PersonId {
        self.phones[phone].replica().me().person
    }

    /// Every value that was shown as saved is there as often as it was saved. Of a removed phone
    /// that holds for what a server took from it; more than that need not be anywhere else.
    fn check_promises(&mut self, members: &[usize], dumps: &[Dump]) {
        let (mut owed, mut allowed) = (Tally::new(), Tally::new());
        for promise in &self.promises.made {
            if self.promises.is_ended(promise.entity) {
                continue;
            }
            let name = self.name(promise);
            *allowed.entry(name.clone()).or_default() += 1;
            if !self.phones[promise.phone].is_removed {
                *owed.entry(name).or_default() += 1;
            }
        }
        for (phone, dump) in dumps.iter().enumerate() {
            let placed = tally(dump, |is_placed| is_placed);
            if self.phones[phone].is_removed {
                for (name, most) in &allowed {
                    let taken = placed.get(name).copied().unwrap_or(0).min(*most);
                    let owed = owed.entry(name.clone()).or_default();
                    *owed = taken.max(*owed);
                }
            }
        }
        for phone in members {
            let here = tally(&dumps[*phone], |_| true);
            for (name, count) in &owed {
                let found = here.get(name).copied().unwrap_or(0);
                self.counts.kept += *count as u64;
                assert!(
                    found >= *count,
                    "phone {phone} has {found} of {count} of {name:?}"
                );
                let most = allowed.get(name).copied().unwrap_or(0);
                assert!(
                    found <= most,
                    "phone {phone} has {found} of {most} of {name:?}"
                );
            }
        }
    }

    fn name(&self, promise: &Promise) -> (EntityId, u64, PersonId, String) {
        let person = self.person_of(promise.phone);
        (promise.entity, promise.field, person, promise.value.clone())
    }

    /// Every photo that is shown is on every phone, byte for byte what was added, where its own
    /// phone is not a removed one.
    fn check_photos(&mut self, members: &[usize]) {
        for phone in members {
            for id in self.phones[*phone].records() {
                let record = self.phones[*phone].read(id).unwrap();
                for photo in record.photos {
                    for blob in [photo.blob, photo.thumbnail] {
                        let bytes = self.phones[*phone].blob(blob);
                        // A phone may have been removed before it had sent the photo itself; and a
                        // backup may have every row and lack the photo, which nobody is told.
                        let mut all = members.iter();
                        let is_there = all.any(|other| self.phones[*other].blob(blob).is_some());
                        let went_back = self.counts.restores > 0;
                        let is_right = bytes.is_some() || !is_there || went_back;
                        assert!(is_right, "phone {phone} lacks {blob:?}");
                        self.counts.photos_lacking += u64::from(bytes.is_none() && is_there);
                        let added = self.promises.photos.get(&blob);
                        assert!(bytes.is_none() || bytes.as_ref() == added);
                    }
                }
            }
        }
    }

    /// The rows recompute, and every phone is at their end.
    fn check_log(&self, members: &[usize]) {
        for ledger in self.read_ledgers() {
            for phone in members {
                let point = self.phones[*phone].replica().log_point(&ledger.stream);
                assert_eq!(point, Some(&ledger.end), "phone {phone} is elsewhere");
                let unread = self.phones[*phone].replica().unread(&ledger.stream);
                assert_eq!(unread, [], "phone {phone} could not read all");
            }
        }
    }

    /// Words that were ended for good are on no phone and, for who has every key, on no server.
    fn check_ended(&self, members: &[usize], dumps: &[Dump]) {
        let gone: BTreeSet<&String> = self.promises.gone(members).collect();
        for phone in members {
            let versions = dumps[*phone].versions.values().flatten();
            let mut left = versions.filter(|version| gone.contains(&version.value));
            assert_eq!(left.next(), None, "phone {phone} has words that were ended");
        }
        let replica = self.phones[members[0]].replica();
        for ledger in self.read_ledgers() {
            for frame in &ledger.frames {
                let pack = replica.pry_open(ledger.stream, frame);
                let pack = pack.unwrap_or_else(|| panic!("a body on the server does not open"));
                for item in pack.items() {
                    let PackItem::Kept { change, .. } = item else {
                        continue;
                    };
                    let change = hearth_protocol::Change::decode(change).unwrap();
                    let mut values = change.patch.values().map(|value| format!("{value:?}"));
                    let left = values.find(|value| gone.contains(value));
                    assert_eq!(left, None, "the server has words that were ended");
                }
            }
        }
    }

    /// Who was removed holds no key of a later epoch, nor does a copy of the server give one.
    fn check_removed(&self, phone: usize) {
        let removed = self.phones[phone].replica();
        let entries = self.read_entries();
        let at = removal_of(&entries, &removed.me().device, &removed.me().person);
        for ledger in self.read_ledgers() {
            let first = epoch_at(&entries, ledger.stream, at);
            let mut held = removed
                .keys_held()
                .filter(|(stream, _)| *stream == ledger.stream);
            assert!(
                held.all(|(_, epoch)| epoch < first),
                "phone {phone} has a later key"
            );
            for frame in &ledger.frames {
                if frame.epoch().unwrap() >= first {
                    assert!(removed.pry_open(ledger.stream, frame).is_none());
                }
            }
            assert!(!self.grants_later(&removed.me().device, ledger.stream, first));
        }
    }

    fn grants_later(&self, to: &DeviceId, stream: hearth_protocol::StreamId, first: u64) -> bool {
        use hearth_server::db::KeyDatabase;
        let wanted = (first..first + 100).map(|epoch| (stream, epoch)).collect();
        let grants = self
            .server
            .database
            .read_grants(self.circle(), *to, 0, wanted);
        let grants = pollster::block_on(grants).unwrap();
        let mut keys = grants.iter().flat_map(|stored| &stored.grant.keys);
        keys.any(|(of, epoch)| *of == stream && *epoch >= first)
    }
}

fn removal_of(
    entries: &[hearth_protocol::control::SignedEntry],
    device: &DeviceId,
    person: &PersonId,
) -> u64 {
    let read = entries.iter().filter_map(|entry| entry.read().ok());
    let mut removals = read.filter(|entry| {
        let mut acts = entry.acts.iter().flatten();
        acts.any(|act| match act {
            Act::Removed(act) => act.device == Some(*device) || act.person == Some(*person),
            _ => false,
        })
    });
    removals.next().unwrap().head.seq
}

/// The values of a dump by name.
pub(crate) fn tally(dump: &Dump, is_meant: impl Fn(bool) -> bool) -> Tally {
    let mut tally = Tally::new();
    for ((entity, field), versions) in &dump.versions {
        for version in versions
            .iter()
            .filter(|version| is_meant(version.is_placed))
        {
            let name = name_of(*entity, *field, version.person, version.value.clone());
            *tally.entry(name).or_default() += 1;
        }
    }
    tally
}

/// Of a delete only counts that there is one: its moment is the phone's own.
pub(crate) fn name_of(
    entity: EntityId,
    field: u64,
    person: PersonId,
    value: String,
) -> (EntityId, u64, PersonId, String) {
    let is_moment = field == DELETED && value.starts_with("Int");
    let value = if is_moment { String::new() } else { value };
    (entity, field, person, value)
}

pub(crate) fn assert_same(one: &Dump, other: &Dump, what: &str) {
    if one.lines != other.lines {
        let lacks = |of: &Dump, in_: &Dump| {
            let lines = of.lines.iter().filter(|line| !in_.lines.contains(line));
            lines.cloned().collect::<Vec<_>>().join("\n  ")
        };
        let (first, second) = (lacks(one, other), lacks(other, one));
        panic!("{what} differ; the first has\n  {first}\nand the second\n  {second}");
    }
    assert_eq!(
        one.versions, other.versions,
        "{what} keep different versions"
    );
}
