//! The same records every time, as plain as what families write: `title` and `body` of about 500 bytes together.

const WORDS: &[&str] = &[
    "we",
    "went",
    "to",
    "the",
    "park",
    "today",
    "and",
    "he",
    "tried",
    "the",
    "big",
    "slide",
    "by",
    "himself",
    "then",
    "said",
    "more",
    "please",
    "twice",
    "without",
    "help",
    "after",
    "lunch",
    "reading",
    "two",
    "pages",
    "of",
    "his",
    "favourite",
    "book",
    "calm",
    "voice",
    "smile",
    "new",
    "sound",
    "school",
    "club",
    "step",
    "week",
    "home",
    "mum",
    "dad",
    "sister",
    "friend",
    "train",
    "rain",
    "music",
    "swim",
    "walk",
    "jump",
    "count",
    "colour",
    "blue",
    "green",
    "dog",
    "cat",
    "tree",
];

/// Bytes of words in one record: with its form about 500.
const LENGTH: usize = 430;

/// `count` records out of a seed.
pub(crate) fn make(count: usize, seed: u32) -> Vec<String> {
    let mut state = seed;
    let mut draw = move || {
        // Mulberry32, as the peers' figures used it.
        state = state.wrapping_add(0x6d2b_79f5);
        let mut mixed = (state ^ (state >> 15)).wrapping_mul(1 | state);
        mixed = mixed.wrapping_add((mixed ^ (mixed >> 7)).wrapping_mul(61 | mixed)) ^ mixed;
        mixed ^ (mixed >> 14)
    };
    let mut words = move || {
        let mut text = String::new();
        while text.len() < LENGTH {
            text.push_str(WORDS[draw() as usize % WORDS.len()]);
            text.push(' ');
        }
        text
    };
    (0..count).map(|_| words()).collect()
}
