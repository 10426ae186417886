//! Where a server says that recovery words lead: which circles it finds by a key, and that every "no" is the same "no".

use hearth_protocol::control::{Act, ControlHead, RecoverySet};
use hearth_protocol::exchange::{Endpoint, NOT_HERE, RecoveryFind, RecoveryFound};
use hearth_protocol::form::Object as _;
use hearth_server::db::{
    ControlDatabase as _, CutRule, Database, EntryAppend, EntryOutcome, MOST_FOUND, MemoryDatabase,
    SqliteDatabase,
};
use hearth_tests::asking::{InProcess, Server as _, append, found, prove, tell};
use hearth_tests::family::{Family, device, removed};
use hearth_tests::{Outcome, Watched};

/// Sets the recovery key of this number for whoever signs.
fn words(number: u8) -> Act {
    Act::RecoverySet(RecoverySet {
        keys: device(number).keys(),
        sealed_circle: Some(vec![number; 73]),
    })
}

/// The circle of this founder, whose words grow into this key.
fn with_words(founder: u8, key: u8) -> Outcome<Family> {
    let mut family = Family::found_by(founder)?;
    family.add(founder, vec![words(key)])?;
    Ok(family)
}

async fn keep(database: &impl Database, family: &Family) -> Outcome {
    let mut after = ControlHead::START;
    for new in &family.entries {
        let head = new.entry.read()?.head;
        let append = EntryAppend {
            circle: family.id(),
            after,
            head: head.clone(),
            entry: new.entry.clone(),
            grants: new.grants.clone(),
            cuts: Vec::new(),
            rule: CutRule::Exact,
        };
        let outcome = database.append_entry(append).await?;
        assert_eq!(outcome, EntryOutcome::Appended);
        after = head;
    }
    Ok(())
}

async fn circles_are_found_by_a_key_in_the_order_in_which_they_named_it(
    database: impl Database,
) -> Outcome {
    let (key, other) = (device(50).id(), device(51).id());
    assert!(database.find_recovery(key).await?.is_empty());
    let mut expected = Vec::new();
    for founder in 1..=10 {
        let mut family = with_words(founder, 50)?;
        // Named again by somebody else it is still one circle, also when it counts no longer.
        let acts = vec![words(51), family.advanced(1)];
        family.add(founder, acts)?;
        keep(&database, &family).await?;
        expected.push(family.id());
    }
    keep(&database, &Family::found_by(11)?).await?;
    expected.truncate(MOST_FOUND);
    assert_eq!(database.find_recovery(key).await?, expected);
    assert_eq!(database.find_recovery(other).await?, expected);
    assert!(database.find_recovery(device(11).id()).await?.is_empty());
    Ok(())
}

hearth_tests::on_each_database! {
    circles_are_found_by_a_key_in_the_order_in_which_they_named_it
}

#[tokio::test]
async fn a_file_opened_again_finds_them_still() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("hearth.sqlite");
    let database = SqliteDatabase::open(&path).await?;
    let family = with_words(1, 50)?;
    keep(&database, &family).await?;
    database.close().await;
    let database = SqliteDatabase::open(&path).await?;
    let there = database.find_recovery(device(50).id()).await?;
    assert_eq!(there, [family.id()]);
    Ok(())
}

#[tokio::test]
async fn every_no_costs_the_same_however_many_circles_name_the_key() -> Outcome {
    let database = Watched::new(MemoryDatabase::default());
    let server = InProcess::start(database.clone(), 0);
    // 20 counts; 21 counts in two circles; 22 was replaced, 23 went with its person.
    for (founder, key) in [(1, 20), (4, 21), (5, 21)] {
        found(&server, founder, &with_words(founder, key)?).await?;
    }
    let mut replaced = with_words(6, 22)?;
    let acts = vec![words(24), replaced.advanced(1)];
    replaced.add(6, acts)?;
    found(&server, 6, &replaced).await?;
    let mut gone = Family::peopled()?;
    gone.add(3, vec![words(23)])?;
    found(&server, 1, &gone).await?;
    let acts = vec![removed(3, Vec::new()), gone.advanced(1)];
    let entry = gone.add(1, acts)?;
    append(&server, 1, &gone, vec![entry]).await?;

    let find = |key: u8| RecoveryFind {
        key: device(key).id(),
    };
    let signed = |key: u8, by: u8| {
        let body = find(key).encode();
        let proof = prove(&server, by, Endpoint::Recover, &body);
        (body, Some(proof))
    };
    let (body, proof) = signed(20, 20);
    let cut = body[..9].to_vec();
    let proof_of_cut = prove(&server, 20, Endpoint::Recover, &cut);
    let refused = [
        signed(30, 30),
        signed(22, 22),
        signed(23, 23),
        signed(20, 30),
        signed(21, 30),
        signed(21, 20),
        signed(30, 20),
        // A member's own device is nobody's words.
        signed(1, 1),
        (body.clone(), None),
        (body, Some("v1.noise".to_owned())),
        (find(21).encode(), proof),
        (cut, Some(proof_of_cut)),
    ];
    for (at, (body, proof)) in refused.into_iter().enumerate() {
        let _ = database.count();
        let proof = proof.as_deref();
        let (status, said) = server.post(Endpoint::Recover, proof, &body).await?;
        assert_eq!((status, said.as_slice()), (404, NOT_HERE), "{at}");
        assert_eq!(database.count(), (1 + MOST_FOUND, 0), "{at}");
    }
    let there: RecoveryFound = tell(&server, 21, Endpoint::Recover, &find(21)).await?;
    assert_eq!(there.sealed, [vec![21; 73], vec![21; 73]]);
    assert_eq!(database.count(), (1 + MOST_FOUND, 0));
    Ok(())
}
