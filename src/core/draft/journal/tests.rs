use super::*;

const DRAFT: EntityId = EntityId([1; 16]);
const OTHER: EntityId = EntityId([2; 16]);

fn words(draft: EntityId, text: &str) -> Step {
    let mut patch = DraftPatch::default();
    patch.fields.insert(WORDS, text.into());
    Step::Words {
        draft,
        kind: RecordKind::Story,
        patch,
    }
}

fn caption(text: &str) -> Step {
    Step::Caption {
        draft: DRAFT,
        photo: OTHER,
        caption: text.into(),
    }
}

fn taken(queue: &mut Queue) -> Vec<Request> {
    std::iter::from_fn(|| queue.take().map(|step| step.request())).collect()
}

#[test]
fn only_the_latest_words_of_a_draft_go() {
    let mut queue = Queue::default();
    queue.push(words(DRAFT, "a"));
    queue.push(words(OTHER, "x"));
    queue.push(words(DRAFT, "ab"));
    let expected = [words(DRAFT, "ab"), words(OTHER, "x")].map(|step| step.request());
    assert_eq!(taken(&mut queue), expected);
}

#[test]
fn words_and_captions_do_not_replace_each_other() {
    let mut queue = Queue::default();
    queue.push(words(DRAFT, "a"));
    queue.push(caption("the pool"));
    assert_eq!(taken(&mut queue).len(), 2);
}

#[test]
fn only_one_works_at_a_time() {
    let mut queue = Queue::default();
    assert!(!queue.wake(), "there is nothing to do");
    queue.push(words(DRAFT, "a"));
    assert!(queue.wake());
    queue.push(words(DRAFT, "ab"));
    assert!(!queue.wake());
    assert_eq!(taken(&mut queue).len(), 1);
    queue.push(words(DRAFT, "abc"));
    assert!(queue.wake());
}

#[test]
fn what_failed_waits_for_the_next_try_and_later_words_win() {
    let mut queue = Queue::default();
    queue.push(words(DRAFT, "a"));
    assert!(queue.wake());
    let failed = queue.take().unwrap();
    queue.put_back(failed.clone());
    assert!(queue.wake(), "it rests after a failure");
    assert_eq!(taken(&mut queue), [failed.request()]);
    queue.push(words(DRAFT, "ab"));
    queue.put_back(failed);
    assert_eq!(taken(&mut queue), [words(DRAFT, "ab").request()]);
}

#[test]
fn whoever_waits_is_told_when_all_is_done() {
    let mut queue = Queue::default();
    assert!(queue.wait().is_none(), "nothing is on its way");
    queue.push(words(DRAFT, "a"));
    assert!(queue.wake());
    let mut told = queue.wait().unwrap();
    assert!(queue.take().is_some());
    assert_eq!(told.try_recv(), Ok(None));
    assert!(queue.take().is_none());
    assert_eq!(told.try_recv(), Ok(Some(())));
}

#[test]
fn a_draft_that_is_saved_takes_its_captions_along_and_not_its_words() {
    let mut queue = Queue::default();
    queue.push(words(DRAFT, "a"));
    queue.push(caption("the pool"));
    queue.push(words(OTHER, "x"));
    queue.drop_words(DRAFT);
    let expected = [caption("the pool"), words(OTHER, "x")].map(|step| step.request());
    assert_eq!(taken(&mut queue), expected);
}
