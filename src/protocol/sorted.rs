//! Maps, sets and lists in order.
//!
//! A phone loads this code, and bytes are what it costs: std's B-tree and its sort are compiled
//! anew for every pair of types (about 8 KB and 3 KB of wasm each), a sorted list hardly at all.
//! Looking up halves the list; entering moves what comes after it. So [`SortedMap`] is for what a
//! circle has few of (devices, people, streams, keys), and [`LongMap`], which moves some dozens
//! however many it holds, for what grows with the number of records (frames, changes, entities).

mod entry;
mod iter;
mod long;
mod long_iter;
mod long_set;
mod map;
mod order;
mod set;
#[cfg(test)]
mod tests;

pub use entry::Entry;
pub use iter::{Iter, Keys, Values};
pub use long::LongMap;
pub use long_iter::LongIter;
pub use long_set::LongSet;
pub use map::SortedMap;
pub use order::{gather, sort_by_key};
pub use set::SortedSet;
