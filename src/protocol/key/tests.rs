use super::*;
use crate::sample::{device, unhex};

#[test]
fn a_device_is_named_by_both_its_keys() {
    let keys = device(1).keys();
    let mut other = keys.clone();
    other.sealing = device(2).keys().sealing;
    assert_ne!(keys.id(), other.id());
    let mut other = keys.clone();
    other.signing = device(2).keys().signing;
    assert_ne!(keys.id(), other.id());
}

#[test]
fn a_signature_is_for_one_purpose() {
    let signer = device(1).signer;
    let key = signer.verify_key();
    let signature = signer.sign(Label::Frame, &[b"same"]);
    assert_eq!(key.verify(Label::Frame, &[b"same"], &signature), Ok(()));
    for label in Label::ALL.iter().filter(|label| **label != Label::Frame) {
        assert!(key.verify(*label, &[b"same"], &signature).is_err());
    }
}

/// The neutral element as key and as half of the signature verifies every message unless the
/// check is strict.
#[test]
fn a_weak_key_verifies_nothing() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let key = VerifyKey(neutral);
    assert_eq!(
        key.verify(Label::Frame, &[b"any"], &Signature(signature)),
        Err(BadSignature)
    );
}

#[test]
fn a_second_spelling_of_a_signature_is_refused() {
    // s + l is the same number modulo l (RFC 8032, 5.1.7 asks for s < l).
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let signer = device(1).signer;
    let mut signature = signer.sign(Label::Frame, &[b"words"]);
    let mut carry = 0;
    for (byte, add) in signature.0[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    let key = signer.verify_key();
    assert!(key.verify(Label::Frame, &[b"words"], &signature).is_err());
}

#[test]
fn secrets_are_in_no_debug_output() {
    let text = format!("{:?}", device(0x5a));
    assert_eq!(
        text,
        "DeviceSecret { signer: Signer(..), opener: SealedTo(..) }"
    );
}

#[test]
fn nothing_can_be_sealed_to_a_point_of_small_order() {
    let mut keys = device(1).keys();
    assert!(keys.can_receive());
    for point in SMALL_ORDER {
        for high_bit in [0, 0x80] {
            keys.sealing = point;
            keys.sealing[31] |= high_bit;
            let sealed = seal_to(&keys.sealing, [5; 32], b"info", b"place", b"words");
            assert_eq!(sealed, Err(EnvelopeError::BadKey), "{point:02x?}");
            assert!(!keys.can_receive());
        }
    }
}

/// RFC 9180, A.2.1: the suite of a grant, base mode, the first message.
#[test]
fn seals_to_a_key_as_rfc_9180_says() {
    let bytes = |digits: &str| -> [u8; 32] { unhex(digits).try_into().unwrap() };
    let opener = SealedTo::from_seed(bytes(
        "1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df",
    ));
    let public = bytes("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    assert_eq!(opener.public(), public);
    let random = bytes("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    let info = unhex("4f6465206f6e2061204772656369616e2055726e");
    let (place, plain) = (b"Count-0", b"Beauty is truth, truth beauty");
    let (encapped, sealed) = seal_to(&public, random, &info, place, plain).unwrap();
    assert_eq!(
        encapped,
        bytes("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    );
    let expected = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
    assert_eq!(sealed, unhex(expected));
    let opened = opener.open(&info, place, &encapped, &sealed);
    assert_eq!(opened, Ok(plain.to_vec()));
}
