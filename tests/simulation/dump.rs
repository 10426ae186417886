//! What a phone shows, written out: equal texts, equal states.

use crate::phone::Phone;
use hearth_core::EntityId;
use hearth_core::circle::Whereabouts;
use hearth_core::messages::{Request, Response};
use hearth_core::sync::merge::{Entity, KeptChange, Name};
use hearth_protocol::PersonId;
use std::collections::BTreeMap;

/// The change kind that says which entity an erase frame was about.
const ERASED_KIND: u64 = 0;

/// One value of a field as a phone has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) value: String,
    pub(crate) person: PersonId,
    /// Whether a server is known to have it.
    pub(crate) is_placed: bool,
}

pub(crate) struct Dump {
    /// Records, photos and children with every version of every field, and the screens.
    pub(crate) lines: Vec<String>,
    /// Every version of every field, also of what is not shown.
    pub(crate) versions: BTreeMap<(EntityId, u64), Vec<Version>>,
    pub(crate) conflicts: u64,
}

pub(crate) fn dump(phone: &mut Phone) -> Dump {
    let mut dump = Dump {
        lines: Vec::new(),
        versions: BTreeMap::new(),
        conflicts: 0,
    };
    for (id, entity) in phone.vault.view().every() {
        if entity.changes().all(|change| change.kind == ERASED_KIND) {
            continue;
        }
        for change in entity.changes() {
            take_versions(&mut dump.versions, id, change);
        }
    }
    for (id, entity) in phone.vault.view().iter() {
        if entity.kind() != ERASED_KIND {
            dump.conflicts += entity.conflicts().len() as u64;
            write_entity(&mut dump.lines, id, entity);
        }
    }
    write_screens(&mut dump.lines, phone);
    dump
}

fn take_versions(
    versions: &mut BTreeMap<(EntityId, u64), Vec<Version>>,
    id: EntityId,
    change: &KeptChange,
) {
    for (field, value) in &change.patch {
        versions.entry((id, *field)).or_default().push(Version {
            value: format!("{value:?}"),
            person: change.origin.person,
            is_placed: change.origin.placed.is_some(),
        });
    }
}

fn write_entity(lines: &mut Vec<String>, id: EntityId, entity: &Entity) {
    let id = hex(&id.0);
    let (author, is_deleted) = (hex(&entity.author().0), entity.is_deleted());
    let (first, last) = (entity.first().0, entity.last().0);
    let kind = entity.kind();
    lines.push(format!(
        "{id} kind {kind} by {author} {first}..{last} deleted {is_deleted}"
    ));
    for field in entity.fields() {
        for version in entity.history(field) {
            let (name, person) = (write_name(version.name), hex(&version.person.0));
            let placed = version
                .placed
                .map(|placed| (placed.seq, placed.received_at));
            let (hlc, value, is_head) = (version.hlc.0, version.value, version.is_head);
            lines.push(format!(
                "{id} {field} {name} by {person} at {hlc} {placed:?} head {is_head} {value:?}"
            ));
        }
        let heads = entity.heads(field);
        let heads: Vec<_> = heads.iter().map(|head| write_name(head.name)).collect();
        lines.push(format!("{id} {field} heads {}", heads.join(" ")));
    }
    for ignored in entity.ignored() {
        lines.push(format!("{id} ignored {}", write_name(ignored.name())));
    }
}

fn write_screens(lines: &mut Vec<String>, phone: &mut Phone) {
    for in_bin in [false, true] {
        let page = phone.timeline(in_bin);
        for mut summary in page.records {
            // How a phone calls a person, and whether it still has something to send, is its own.
            (summary.by, summary.whereabouts) = (None, Whereabouts::Safe);
            lines.push(format!("listed {in_bin} {summary:?}"));
        }
    }
    for id in phone.records() {
        let mut record = phone.read(id).unwrap();
        (record.by, record.whereabouts) = (String::new(), Whereabouts::Safe);
        record.is_mine = false;
        for version in &mut record.rewritten {
            (version.by, version.is_mine) = (String::new(), false);
        }
        lines.push(format!("read {record:?}"));
    }
    if let Ok(Response::Health(health)) = phone.try_ask(Request::Health) {
        lines.push(format!("damaged {} later {}", health.damaged, health.later));
    }
    lines.push(format!("children {:?}", phone.vault.children()));
}

fn write_name(name: Name) -> String {
    match name {
        Name::Framed {
            device,
            dev_seq,
            index,
            ..
        } => format!("{}/{dev_seq}.{index}", hex(&device.0[..4])),
        Name::Waiting(row) => format!("waiting {}", hex(&row)),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
