//! Every numbered table of the code, held against `docs/protocol.md`.

use crate::control::*;
use crate::exchange::*;
use crate::form::Object;
use crate::frame::*;
use crate::grant::Grant;
use crate::invite::*;
use crate::key::DeviceKeys;
use crate::label::Label;
use crate::limits;
use crate::log::*;
use crate::request::ServerTime;
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../docs/protocol.md");

type Table = Vec<(u64, String)>;

fn entry<T: Object>() -> (String, Table) {
    (format!("`{}`", T::NAME), owned(T::FIELDS))
}

fn owned(table: &[(u64, &str)]) -> Table {
    let rows = table.iter();
    rows.map(|(number, name)| (*number, (*name).to_owned()))
        .collect()
}

/// Every object of the protocol, each given to one function.
macro_rules! every_object {
    ($each:ident) => {
        vec![
            $each::<DeviceKeys>(),
            $each::<ControlHead>(),
            $each::<EntryDraft>(),
            $each::<StreamRight>(),
            $each::<Rights>(),
            $each::<Cut>(),
            $each::<Genesis>(),
            $each::<StreamAdded>(),
            $each::<MemberAdded>(),
            $each::<DeviceAdded>(),
            $each::<RightsChanged>(),
            $each::<Removed>(),
            $each::<EpochAdvanced>(),
            $each::<RecoverySet>(),
            $each::<ServerSet>(),
            $each::<MinVersion>(),
            $each::<Ended>(),
            $each::<Arrived>(),
            $each::<Header>(),
            $each::<Erased>(),
            $each::<ErasedFrame>(),
            $each::<Body>(),
            $each::<PackForm>(),
            $each::<PackHead>(),
            $each::<Seen>(),
            $each::<ShownChange>(),
            $each::<LogPoint>(),
            $each::<SignedHead>(),
            $each::<Receipt>(),
            $each::<Grant>(),
            $each::<Bundle>(),
            $each::<Claim>(),
            $each::<ClaimProof>(),
            $each::<Anchor>(),
            $each::<ServerTime>(),
            $each::<ExchangeRequest>(),
            $each::<NewEntry>(),
            $each::<StreamRequest>(),
            $each::<PushedFrame>(),
            $each::<ExchangeAnswer>(),
            $each::<StreamAnswer>(),
            $each::<LogRow>(),
            $each::<BlobPut>(),
            $each::<BlobPutAnswer>(),
            $each::<BlobGet>(),
            $each::<BlobGetAnswer>(),
            $each::<HoldRequest>(),
            $each::<HoldAnswer>(),
            $each::<InvitePut>(),
            $each::<InviteGet>(),
            $each::<InviteState>(),
            $each::<InviteClaim>(),
            $each::<InviteReveal>(),
            $each::<InviteApprove>(),
            $each::<RecoveryFind>(),
            $each::<RecoveryFound>(),
            $each::<ServerCard>(),
            $each::<LiveRequest>(),
        ]
    };
}
pub(crate) use every_object;

fn objects() -> Vec<(String, Table)> {
    every_object!(entry)
}

fn codes() -> Vec<(String, Table)> {
    let numbered = |names: Vec<String>| (0..).zip(names).collect();
    let labels = Label::ALL.iter().map(|label| label.purpose().to_owned());
    let paths = Endpoint::ALL
        .iter()
        .map(|endpoint| endpoint.path().to_owned());
    let pictures = PICTURES.iter().map(|name| (*name).to_owned());
    vec![
        ("Limits".to_owned(), owned(limits::TABLE)),
        ("Acts".to_owned(), owned(ActNumber::TABLE)),
        ("Rules".to_owned(), owned(RuleBroken::TABLE)),
        ("Frame kinds".to_owned(), owned(FrameKind::TABLE)),
        ("Frame answers".to_owned(), owned(FrameCode::TABLE)),
        ("Refusals".to_owned(), owned(Refusal::TABLE)),
        ("Entry answers".to_owned(), owned(EntryCode::TABLE)),
        ("For whom an invite is".to_owned(), owned(InviteFor::TABLE)),
        ("Statuses".to_owned(), owned(Status::TABLE)),
        ("Labels".to_owned(), numbered(labels.collect())),
        ("Endpoints".to_owned(), numbered(paths.collect())),
        ("Pictures".to_owned(), numbered(pictures.collect())),
    ]
}

/// The tables of the page, by the heading they stand under: the first two cells of each row.
fn page() -> BTreeMap<String, Table> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let mut heading = String::new();
    for line in PAGE.lines() {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_owned();
            continue;
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", number, name, ..] = cells[..]
            && let Ok(number) = number.replace(',', "").parse()
        {
            let row = (number, name.trim_matches('`').to_owned());
            tables.entry(heading.clone()).or_default().push(row);
        }
    }
    tables
}

#[test]
fn the_page_and_the_code_say_the_same() {
    let page = page();
    let mut expected = objects();
    expected.extend(codes());
    for (name, table) in &expected {
        // An object without fields has a heading and no rows.
        let found = page.get(name).cloned().unwrap_or_default();
        assert_eq!(&found, table, "under the heading {name}");
        assert!(PAGE.contains(&format!("# {name}\n")), "no heading {name}");
    }
    let known: Vec<_> = expected.iter().map(|(name, _)| name).collect();
    let more: Vec<_> = page.keys().filter(|name| !known.contains(name)).collect();
    assert!(
        more.is_empty(),
        "tables that the code does not have: {more:?}"
    );
}

#[test]
fn no_number_is_used_twice() {
    for (name, table) in objects().into_iter().chain(codes()) {
        if name == "Limits" {
            continue;
        }
        let numbers: std::collections::BTreeSet<_> = table.iter().map(|row| row.0).collect();
        assert_eq!(numbers.len(), table.len(), "{name}");
        let is_object = name.starts_with('`');
        assert!(
            !is_object || !numbers.contains(&0),
            "field 0 is the version"
        );
    }
}
