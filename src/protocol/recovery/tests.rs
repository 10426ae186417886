use super::*;
use crate::id::CircleId;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const LIST: &[u8] = include_bytes!("english.txt");

/// From the vectors of BIP39's authors.
const KNOWN: [([u8; 16], &str); 4] = [
    (
        [0; 16],
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    ),
    (
        [0x7f; 16],
        "legal winner thank year wave sausage worth useful legal winner thank yellow",
    ),
    (
        [0xff; 16],
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
    ),
    (
        [
            0x9e, 0x88, 0x5d, 0x95, 0x2a, 0xd3, 0x62, 0xca, 0xeb, 0x4e, 0xfe, 0x34, 0xa8, 0xe9,
            0x1b, 0xd2,
        ],
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    ),
];

fn said(phrase: &Phrase) -> String {
    phrase.words().join(" ")
}

#[test]
fn the_list_is_the_one_of_bip39_and_four_letters_name_a_word() {
    let hash = Sha256::digest(LIST);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        hex,
        "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    );
    let text = std::str::from_utf8(LIST).unwrap();
    let starts: std::collections::BTreeSet<_> = text
        .lines()
        .map(|word| word.get(..4).unwrap_or(word))
        .collect();
    assert_eq!((text.lines().count(), starts.len()), (2048, 2048));
}

#[test]
fn words_are_those_of_the_known_vectors() {
    for (entropy, words) in KNOWN {
        assert_eq!(said(&Phrase::new(entropy)), words);
        assert_eq!(Phrase::read(words), Ok(Phrase::new(entropy)));
    }
}

#[test]
fn capitals_numbers_lines_and_shortened_words_do_not_matter() {
    let (entropy, _) = KNOWN[3];
    let typed = "1. OZONE 2. drill\n3. Grab, 4. fibe  5. curt\t6. grace
        7. pudd 8. Thank 9. cruise 10. elder 11. eigh 12. picnic.";
    assert_eq!(Phrase::read(typed), Ok(Phrase::new(entropy)));
}

#[test]
fn a_wrong_word_is_named_and_swapped_words_are_noticed() {
    let (_, words) = KNOWN[3];
    let wrong = words.replace("fiber", "fibre");
    let (place, word) = (4, "fibre".to_owned());
    assert_eq!(
        Phrase::read(&wrong),
        Err(PhraseError::NotInList { place, word })
    );
    // Three letters may be any of several words.
    assert!(matches!(
        Phrase::read(&words.replace("fiber", "fib")),
        Err(PhraseError::NotInList { place: 4, .. })
    ));
    let swapped = words.replace("drill grab", "grab drill");
    assert_eq!(Phrase::read(&swapped), Err(PhraseError::DoNotFit));
    let short = words.replace("picnic", "");
    assert_eq!(Phrase::read(&short), Err(PhraseError::HowMany(11)));
    assert_eq!(Phrase::read(""), Err(PhraseError::HowMany(0)));
    assert_eq!(find_word(" Abandon, "), Some("abandon"));
    assert_eq!(find_word("aban"), Some("abandon"));
    assert_eq!((find_word("aba"), find_word("act actor")), (None, None));
}

#[test]
fn a_shorter_word_is_not_the_longer_one_that_begins_with_it() {
    assert_eq!(
        (find_word("act"), find_word("actor")),
        (Some("act"), Some("actor"))
    );
    assert_eq!(
        (find_word("car"), find_word("card")),
        (Some("car"), Some("card"))
    );
}

#[test]
fn no_secret_is_in_debug_output() {
    let phrase = Phrase::new(KNOWN[3].0);
    assert_eq!(format!("{phrase:?}"), "Phrase(..)");
    assert_eq!(format!("{:?}", phrase.secret()), "RecoverySecret(..)");
}

#[test]
fn only_the_words_open_the_name_and_no_byte_of_it_may_differ() {
    let (secret, other) = (Phrase::new([1; 16]).secret(), Phrase::new([2; 16]).secret());
    let circle = CircleId([7; 32]);
    let sealed = secret.seal_circle(&circle, [9; 24]).unwrap();
    assert_eq!(secret.open_circle(&sealed), Ok(circle));
    assert!(other.open_circle(&sealed).is_err());
    for at in 0..sealed.len() {
        let mut copy = sealed.clone();
        copy[at] ^= 1 << (at % 8);
        assert!(secret.open_circle(&copy).is_err(), "byte {at}");
        assert!(secret.open_circle(&sealed[..at]).is_err(), "cut at {at}");
    }
    let again = RecoverySecret::from_bytes(&secret.to_bytes()).unwrap();
    assert_eq!(again.keys(), secret.keys());
    assert_eq!(again.open_circle(&sealed), Ok(circle));
    assert!(RecoverySecret::from_bytes(&[0; 95]).is_none());
}

proptest! {
    #[test]
    fn words_say_what_they_were_made_from(entropy: [u8; 16]) {
        let phrase = Phrase::new(entropy);
        prop_assert_eq!(phrase.words().len(), WORDS);
        prop_assert_eq!(Phrase::read(&said(&phrase)), Ok(phrase));
    }

    #[test]
    fn no_text_makes_it_panic(text: String) {
        let _: Result<Phrase, PhraseError> = Phrase::read(&text);
    }
}
