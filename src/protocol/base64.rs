//! Base64 for addresses (RFC 4648, 5), without padding, one spelling only.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn write_base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..=chunk.len() {
            let digit = bits >> (18 - 6 * place) & 63;
            text.push(char::from(DIGITS[digit as usize]));
        }
    }
    text
}

pub(crate) fn read_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = Vec::with_capacity(N);
    for chunk in text.as_bytes().chunks(4) {
        let mut bits: u32 = 0;
        for place in 0..4 {
            let digit = match chunk.get(place) {
                Some(letter) => DIGITS.iter().position(|digit| digit == letter)?,
                None => 0,
            };
            bits = bits << 6 | u32::try_from(digit).ok()?;
        }
        let group = bits.to_be_bytes();
        bytes.extend_from_slice(group.get(1..chunk.len())?);
    }
    let bytes: [u8; N] = bytes.try_into().ok()?;
    // Left-over bits that are not zero would be a second spelling.
    (write_base64(&bytes) == text).then_some(bytes)
}
