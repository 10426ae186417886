//! Wrapping by WebCrypto, AES-256-GCM, under a CryptoKey that cannot be extracted.

use super::{KEY_BYTES, KeyError};
use crate::browser::{crypto, random};
use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey};

const CIPHER: &str = "AES-GCM";
const KEY_BITS: u16 = 256;
const IV_BYTES: usize = 12;

/// A vault key under wraps, and the CryptoKey to open it with.
pub(super) struct Wrapping {
    pub(super) key: JsValue,
    pub(super) iv: [u8; IV_BYTES],
    pub(super) wrapped: Vec<u8>,
}

impl Wrapping {
    /// Nothing where this browser has no WebCrypto for it.
    pub(super) async fn make(secret: &[u8; KEY_BYTES]) -> Option<Self> {
        let subtle = crypto()?.subtle();
        let algorithm = AesKeyGenParams::new(CIPHER, KEY_BITS);
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let key = subtle.generate_key_with_object(&algorithm, false, &uses);
        let key: CryptoKey = finish(key).await.ok()?.dyn_into().ok()?;
        let iv = random()?;
        let wrapped = subtle.encrypt_with_object_and_js_u8_array(
            &parameters(&iv),
            &key,
            &Uint8Array::from(secret.as_slice()),
        );
        Some(Self {
            wrapped: bytes_of(&finish(wrapped).await.ok()?)?,
            key: key.into(),
            iv,
        })
    }
}

/// The vault key's bytes.
pub(super) async fn unwrap(wrap: &JsValue, iv: &[u8], wrapped: &[u8]) -> Result<Vec<u8>, KeyError> {
    let key: &CryptoKey = wrap
        .dyn_ref()
        .ok_or(KeyError::DoesNotOpen("its wrapping key is damaged"))?;
    let crypto = crypto().ok_or(KeyError::DoesNotOpen("there is no WebCrypto here"))?;
    let opened = crypto.subtle().decrypt_with_object_and_js_u8_array(
        &parameters(iv),
        key,
        &Uint8Array::from(wrapped),
    );
    let opened = finish(opened).await.ok();
    opened
        .and_then(|opened| bytes_of(&opened))
        .ok_or(KeyError::DoesNotOpen("it does not unwrap"))
}

fn parameters(iv: &[u8]) -> AesGcmParams {
    AesGcmParams::new_with_u8_array(CIPHER, &Uint8Array::from(iv))
}

async fn finish(begun: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(begun?).await
}

fn bytes_of(buffer: &JsValue) -> Option<Vec<u8>> {
    let buffer: &ArrayBuffer = buffer.dyn_ref()?;
    Some(Uint8Array::new(buffer).to_vec())
}
