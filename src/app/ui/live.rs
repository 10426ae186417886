//! Parts of a screen that change while it stands. Each closure in a view is a type of its own, and
//! leptos makes its machinery once for each: here all of them become one (`docs/decisions/0004`).

use leptos::prelude::*;

type Draw = Box<dyn FnMut() -> AnyView + Send>;
type List = Box<dyn Fn() -> Vec<Row> + Send>;

/// One of a list: what tells it from the others, and how it is drawn.
struct Row {
    key: Vec<u8>,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// What `draw` draws, drawn again whenever a signal that it read changes.
pub(crate) fn live<V: IntoView + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    let draw: Draw = Box::new(move || draw().into_any());
    draw.into_any()
}

/// What `draw` draws, drawn again only when `key` changes: bytes of all that it shows, which
/// `encode` makes. One memo of bytes, where a memo of each type would be machinery of its own.
pub(crate) fn live_by(
    key: impl Fn() -> Vec<u8> + Send + Sync + 'static,
    draw: impl FnMut() -> AnyView + Send + 'static,
) -> AnyView {
    draw_by(Box::new(key), Box::new(draw))
}

fn draw_by(
    key: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
    mut draw: Box<dyn FnMut() -> AnyView + Send>,
) -> AnyView {
    let key = Memo::new(move |_| key());
    live(move || {
        // A memo that nobody reads hears of nothing.
        key.with(|_| ());
        untrack(&mut draw)
    })
}

/// What `draw` draws as long as `is_wanted` says so; drawn anew only when that changes.
pub(crate) fn live_while<V: IntoView + 'static>(
    is_wanted: impl Fn() -> bool + Send + Sync + 'static,
    mut draw: impl FnMut() -> V + Send + 'static,
) -> AnyView {
    let is_wanted = Memo::new(move |_| is_wanted());
    live(move || is_wanted.get().then(|| draw().into_any()))
}

/// One view for each of a list. Only what is new under its key is drawn; `encode` makes one.
pub(crate) fn live_list<T, V>(
    list: impl Fn() -> Vec<T> + Send + 'static,
    key: impl Fn(&T) -> Vec<u8> + Send + 'static,
    draw: impl Fn(T) -> V + Clone + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let row = move |one: T| {
        let (key, draw) = (key(&one), draw.clone());
        let draw = Box::new(move || draw(one).into_any());
        Row { key, draw }
    };
    draw_rows(Box::new(move || list().into_iter().map(&row).collect()))
}

fn draw_rows(list: List) -> AnyView {
    view! { <For each=list key=|row| row.key.clone() children=|row| (row.draw)()/> }.into_any()
}
