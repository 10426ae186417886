use super::*;
use crate::sample::device;

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
