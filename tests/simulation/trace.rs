//! With `HEARTH_TRACE` set, what each call asked and what came of it: for finding out why a seed
//! fails.

use hearth_core::vault::{Outgoing, Reply};
use hearth_protocol::Object;
use hearth_protocol::exchange::{BlobGet, BlobPut, Endpoint, ExchangeAnswer, ExchangeRequest};
use hearth_protocol::limits::LONGEST_EXCHANGE;

pub(crate) fn trace(phone: usize, call: &Outgoing, reply: &Reply) {
    if std::env::var_os("HEARTH_TRACE").is_none() {
        return;
    }
    let asked = match (
        call.endpoint,
        ExchangeRequest::decode(&call.body, LONGEST_EXCHANGE),
    ) {
        (Endpoint::Exchange, Ok(request)) => write_request(&request),
        (Endpoint::BlobPut, _) => {
            let put = BlobPut::decode(&call.body, LONGEST_EXCHANGE).unwrap();
            format!(
                "puts {:?} from {} with {}",
                put.blob,
                put.offset,
                put.bytes.len()
            )
        }
        (Endpoint::BlobGet, _) => {
            let get = BlobGet::decode(&call.body, LONGEST_EXCHANGE).unwrap();
            format!("gets {:?} from {}", get.blob, get.offset)
        }
        (endpoint, _) => format!("{endpoint:?}"),
    };
    let answered = match reply {
        Reply::Unreachable => "nothing".to_owned(),
        Reply::Answered { status, body } => match ExchangeAnswer::decode(body, LONGEST_EXCHANGE) {
            Ok(answer) if call.endpoint == Endpoint::Exchange => write_answer(&answer),
            _ => format!("{status} with {} bytes", body.len()),
        },
    };
    println!("phone {phone} #{}: {asked}\n    -> {answered}", call.number);
}

fn write_request(request: &ExchangeRequest) -> String {
    let streams = request.streams.iter().map(|stream| {
        let have = stream.have.as_ref().map(|have| have.seq);
        let shown = stream.shown.as_ref().map(|shown| shown.seq);
        let again = stream.frames.iter().filter(|frame| frame.again).count();
        let frames = stream.frames.len() - again;
        let missing = &stream.missing;
        format!("[have {have:?} shown {shown:?} frames {frames} again {again} missing {missing:?}]")
    });
    let streams: Vec<_> = streams.collect();
    let (control, entries) = (request.control.seq, request.entries.len());
    let (wanted, grants) = (&request.wanted, request.grants.len());
    format!("control {control} entries {entries} wanted {wanted:?} grants {grants} {streams:?}")
}

fn write_answer(answer: &ExchangeAnswer) -> String {
    let streams = answer.streams.iter().map(|stream| {
        let pushed = stream
            .pushed
            .iter()
            .map(|pushed| format!("{:?} {}", pushed.code, pushed.detail));
        let pushed: Vec<_> = pushed.collect();
        let (rows, found, more) = (stream.rows.len(), stream.found.len(), stream.more);
        let holds = stream.holds.as_ref().map(Vec::len);
        format!("[{pushed:?} rows {rows} found {found} holds {holds:?} more {more}]")
    });
    let streams: Vec<_> = streams.collect();
    let appended = answer
        .appended
        .iter()
        .map(|answer| format!("{:?}", answer.code));
    let appended: Vec<_> = appended.collect();
    let (control, entries, grants) = (
        answer.control.seq,
        answer.entries.len(),
        answer.grants.len(),
    );
    let (wanted, more) = (&answer.wanted, answer.more);
    format!(
        "control {control} appended {appended:?} entries {entries} grants {grants} wanted {wanted:?} more {more} {streams:?}"
    )
}
