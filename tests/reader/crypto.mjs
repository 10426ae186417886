// The ciphers of docs/protocol.md 2 and 3, over node:crypto; HChaCha20 and HPKE by hand.

import {
  createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman,
  createCipheriv, verify as verifyEd25519,
} from "node:crypto";

export const number8 = (number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
};

export const message = (label, ...parts) =>
  Buffer.concat([Buffer.from(`hearth/1/${label}\0`), ...parts]);

export const hash = (label, ...parts) =>
  createHash("sha256").update(message(label, ...parts)).digest();

const hmac = (key, ...parts) => {
  const state = createHmac("sha256", key);
  for (const part of parts) state.update(part);
  return state.digest();
};

function expand(key, info, length) {
  let out = Buffer.alloc(0);
  for (let block = Buffer.alloc(0), count = 1; out.length < length; count += 1) {
    block = hmac(key, block, info, Buffer.from([count]));
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}

export const derive = (key, label, ...parts) =>
  expand(hmac(Buffer.alloc(32), key), message(label, ...parts), 32);

export function verify(key, signature, label, ...parts) {
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.toString("base64url") };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  if (!verifyEd25519(null, message(label, ...parts), publicKey, signature)) {
    throw new Error(`the signature (${label}) does not hold`);
  }
}

/** The public key of an Ed25519 or X25519 secret. */
export function publicOf(curve, secret) {
  return Buffer.from(createPublicKey(privateKey(curve, secret)).export({ format: "jwk" }).x, "base64url");
}

function privateKey(curve, secret) {
  const oid = curve === "Ed25519" ? "70" : "6e";
  const der = Buffer.concat([Buffer.from(`302e020100300506032b65${oid}04220420`, "hex"), secret]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

// ---- ChaCha20-Poly1305 and its longer-nonced sister

export function openChaCha(key, nonce, sealed, associated = Buffer.alloc(0)) {
  const cipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: sealed.length - 16 });
  cipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

export function sealChaCha(key, nonce, plain) {
  const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function openXChaCha(key, nonce, sealed, associated) {
  const inner = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)]);
  return openChaCha(hchacha20(key, nonce.subarray(0, 16)), inner, sealed, associated);
}

export function openBox(key, place, box) {
  if (box[0] !== 1) throw new Error("a box of a later version");
  return openXChaCha(key, box.subarray(1, 25), box.subarray(25), place);
}

function hchacha20(key, nonce) {
  const state = new Uint32Array(16);
  state.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  for (let word = 0; word < 8; word += 1) state[4 + word] = key.readUInt32LE(4 * word);
  for (let word = 0; word < 4; word += 1) state[12 + word] = nonce.readUInt32LE(4 * word);
  const turn = (word, by) => (word << by) | (word >>> (32 - by));
  const quarter = (a, b, c, d) => {
    for (const [first, second] of [[16, 12], [8, 7]]) {
      state[a] += state[b];
      state[d] = turn(state[d] ^ state[a], first);
      state[c] += state[d];
      state[b] = turn(state[b] ^ state[c], second);
    }
  };
  for (let round = 0; round < 10; round += 1) {
    for (let column = 0; column < 4; column += 1) quarter(column, 4 + column, 8 + column, 12 + column);
    quarter(0, 5, 10, 15);
    quarter(1, 6, 11, 12);
    quarter(2, 7, 8, 13);
    quarter(3, 4, 9, 14);
  }
  const out = Buffer.alloc(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((word, at) => out.writeUInt32LE(state[word], 4 * at));
  return out;
}

// ---- HPKE, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305

const KEM = Buffer.concat([Buffer.from("KEM"), Buffer.from([0, 0x20])]);
const HPKE = Buffer.concat([Buffer.from("HPKE"), Buffer.from([0, 0x20, 0, 1, 0, 3])]);
const VERSION = Buffer.from("HPKE-v1");

const extractLabeled = (suite, salt, label, input) =>
  hmac(salt, VERSION, suite, Buffer.from(label), input);

const expandLabeled = (suite, key, label, info, length) =>
  expand(key, Buffer.concat([Buffer.from([0, length]), VERSION, suite, Buffer.from(label), info]), length);

export function deriveSealingSecret(seed) {
  const key = extractLabeled(KEM, Buffer.alloc(32), "dkp_prk", seed);
  return expandLabeled(KEM, key, "sk", Buffer.alloc(0), 32);
}

export function openHpke(secret, encapped, info, associated, sealed) {
  const own = publicOf("X25519", secret);
  const jwk = { kty: "OKP", crv: "X25519", x: encapped.toString("base64url") };
  const shared = diffieHellman({
    privateKey: privateKey("X25519", secret),
    publicKey: createPublicKey({ key: jwk, format: "jwk" }),
  });
  const agreed = extractLabeled(KEM, Buffer.alloc(32), "eae_prk", shared);
  const kemKey = expandLabeled(KEM, agreed, "shared_secret", Buffer.concat([encapped, own]), 32);
  const none = Buffer.alloc(0);
  const context = Buffer.concat([
    Buffer.from([0]),
    extractLabeled(HPKE, none, "psk_id_hash", none),
    extractLabeled(HPKE, none, "info_hash", info),
  ]);
  const prk = extractLabeled(HPKE, kemKey, "secret", none);
  const key = expandLabeled(HPKE, prk, "key", context, 32);
  const nonce = expandLabeled(HPKE, prk, "base_nonce", context, 12);
  return openChaCha(key, nonce, sealed, associated);
}
