//! Who belongs: what a joiner gets, who helps with a key, what is not told from before, and who is not here any more.

use hearth_protocol::control::{ControlHead, Owed};
use hearth_protocol::exchange::{ExchangeRequest, StreamRequest};
use hearth_tests::asking::{Server, append, exchange, found, pull, push, swap, whole};
use hearth_tests::family::{
    Family, again, device, member, pushed, removed, right, rights, seal_grants, stream,
};
use hearth_tests::{Outcome, on_every_server};

async fn a_joiner_gets_the_chain_with_its_keys(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let request = ExchangeRequest {
        control: ControlHead::START,
        streams: vec![whole(1)],
        ..exchange(&family)
    };
    let answer = swap(&server, 3, &request).await?;
    let chain: Vec<_> = family.entries.iter().map(|new| new.entry.clone()).collect();
    assert_eq!(answer.entries, chain);
    let own = device(3);
    assert_eq!(answer.grants.len(), 1);
    let keys = answer.grants[0].open(&family.circle, &own.id(), &own.opener)?;
    assert_eq!((keys.len(), keys[0].0, keys[0].1), (1, stream(1), 1));
    // Who has the chain is not sent it again, nor the keys.
    let answer = swap(&server, 3, &exchange(&family)).await?;
    assert!(answer.entries.is_empty() && answer.grants.is_empty());
    Ok(())
}

async fn a_key_that_is_missing_comes_from_who_has_it(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let wanting = ExchangeRequest {
        // The second is nobody's yet.
        wanted: vec![(stream(1), 1), (stream(1), 2)],
        ..exchange(&family)
    };
    let first = swap(&server, 3, &wanting).await?;
    assert_eq!(first.grants.len(), 1, "it came with the entry");
    let helper = swap(&server, 2, &exchange(&family)).await?;
    assert_eq!(helper.wanted, [(device(3).id(), stream(1), 1)]);
    let owed = Owed {
        to: device(3).id(),
        stream: stream(1),
        epoch: 1,
    };
    let mut grants = seal_grants(&family.circle, &family.id(), vec![owed])?;
    grants[0].encapped[0] ^= 1;
    let giving = ExchangeRequest {
        grants: grants.clone(),
        ..exchange(&family)
    };
    swap(&server, 2, &giving).await?;
    let second = swap(&server, 3, &wanting).await?;
    assert_eq!(second.grants, grants, "the later delivery takes the place");
    Ok(())
}

async fn who_joined_from_now_on_reads_from_now_on(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    found(&server, 1, &family).await?;
    let before = family.frame(1, 1, "before")?;
    push(&server, 1, &family, vec![pushed(&before)]).await?;
    let acts = vec![
        family.advanced(1),
        member(2, rights(false, vec![right(1, 2, true)])),
    ];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    let empty = pull(&server, 2, &family, vec![whole(1)]).await?;
    assert!(empty.rows.is_empty());
    assert_eq!(empty.start.as_ref().map(|start| start.seq), Some(1));
    let after = family.frame(1, 1, "after")?;
    push(&server, 1, &family, vec![pushed(&after)]).await?;
    let asked = StreamRequest {
        missing: vec![(device(1).id(), 1), (device(1).id(), 2)],
        ..whole(1)
    };
    let pulled = pull(&server, 2, &family, vec![asked]).await?;
    let start = pulled.start.ok_or("no start")?;
    assert_eq!(
        (start.seq, pulled.rows.len(), pulled.rows[0].seq),
        (1, 1, 2)
    );
    assert_eq!(pulled.found.len(), 1, "what was before is not found either");
    let end = start.after(&pulled.rows[0].row(&after))?;
    assert!(
        pulled
            .head
            .is_some_and(|head| head.covers(&family.place(1), &end))
    );
    Ok(())
}

async fn a_member_whose_role_is_over_is_not_here(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    let mut volunteer = rights(false, vec![right(1, 1, true)]);
    volunteer.ends = Some(server.now() + 100_000);
    family.add(1, vec![member(2, volunteer)])?;
    let mut past = rights(false, vec![right(1, 1, true)]);
    past.ends = Some(server.now() - 1);
    family.add(1, vec![member(3, past)])?;
    found(&server, 1, &family).await?;
    assert!(swap(&server, 2, &exchange(&family)).await.is_ok());
    assert!(swap(&server, 3, &exchange(&family)).await.is_err());
    Ok(())
}

async fn who_was_removed_is_not_here_any_more(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    swap(&server, 3, &exchange(&family)).await?;
    let acts = vec![removed(3, Vec::new()), family.advanced(1)];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    assert!(swap(&server, 3, &exchange(&family)).await.is_err());
    // Nor does the same chain, told again, let them in.
    assert!(found(&server, 3, &family).await.is_err());
    Ok(())
}

async fn who_has_no_right_to_a_key_replaces_none(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    family.add(1, vec![member(6, rights(false, Vec::new()))])?;
    found(&server, 1, &family).await?;
    let good = family.entries[3].grants.clone();
    let mut garbage = good.clone();
    garbage[0].encapped = [9; 32];
    let giving = ExchangeRequest {
        grants: garbage,
        ..exchange(&family)
    };
    swap(&server, 6, &giving).await?;
    let wanting = ExchangeRequest {
        wanted: vec![(stream(1), 1)],
        ..exchange(&family)
    };
    assert_eq!(swap(&server, 3, &wanting).await?.grants, good);
    // Nor is a key kept for who may not have it.
    let mut foreign = good;
    foreign[0].to = device(6).id();
    let giving = ExchangeRequest {
        grants: foreign,
        ..exchange(&family)
    };
    swap(&server, 1, &giving).await?;
    assert!(swap(&server, 6, &wanting).await?.grants.is_empty());
    Ok(())
}

async fn a_stream_that_is_not_theirs_is_not_answered(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    let second = vec![family.stream_added(2)];
    family.add(1, second)?;
    found(&server, 1, &family).await?;
    let secret = family.frame(1, 2, "secret")?;
    let asked = StreamRequest {
        frames: vec![pushed(&secret)],
        ..whole(2)
    };
    pull(&server, 1, &family, vec![asked]).await?;
    // Nor can they tell it anything, not even what was acknowledged once.
    let more = family.frame(1, 2, "more")?;
    let told = StreamRequest {
        frames: vec![again(&more)],
        ..whole(2)
    };
    assert!(pull(&server, 2, &family, vec![told]).await.is_err());
    let both = ExchangeRequest {
        streams: vec![whole(1), whole(2), whole(3)],
        ..exchange(&family)
    };
    let theirs = swap(&server, 2, &both).await?.streams;
    let answered: Vec<_> = theirs.iter().map(|answer| answer.stream).collect();
    assert_eq!(answered, [stream(1)]);
    let own = swap(&server, 1, &both).await?.streams;
    assert_eq!((own.len(), own[1].rows.len()), (2, 1));
    Ok(())
}

on_every_server! {
    a_joiner_gets_the_chain_with_its_keys
    a_key_that_is_missing_comes_from_who_has_it
    who_joined_from_now_on_reads_from_now_on
    a_member_whose_role_is_over_is_not_here
    who_was_removed_is_not_here_any_more
    who_has_no_right_to_a_key_replaces_none
    a_stream_that_is_not_theirs_is_not_answered
}
