use super::*;
use crate::sample::unhex;

/// RFC 8032, 7.1, tests 1 to 3: seed, public key, message, signature.
const RFC_8032: [[&str; 4]; 3] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
         d25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c\
         387b2eaeb4302aeeb00d291612bb0c00",
    ],
    [
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659\
         4a7c15e9716ed28dc027beceea1ec40a",
    ],
];

#[test]
fn signs_as_rfc_8032_says() {
    for [seed, public, message, signature] in RFC_8032 {
        let signer = Signer::from_seed(unhex(seed).try_into().unwrap());
        assert_eq!(signer.verify_key().0.to_vec(), unhex(public));
        let signed = signer.0.sign(&unhex(message));
        assert_eq!(signed.to_bytes().to_vec(), unhex(signature));
        let key = VerifyingKey::from_bytes(&signer.verify_key().0).unwrap();
        assert!(key.verify_strict(&unhex(message), &signed).is_ok());
    }
}

#[test]
fn a_label_and_its_zero_stand_before_what_is_signed() {
    let signer = Signer::from_seed([7; 32]);
    let expected = signer.0.sign(b"hearth/1/frame\0two parts").to_bytes();
    let signature = signer.sign(Label::Frame, &[b"two ", b"parts"]);
    assert_eq!(signature.0, expected);
}
