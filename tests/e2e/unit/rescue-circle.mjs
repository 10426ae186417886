// A vault of a circle, made by hand: the vectors' keys, and frames with whatever changes a test wants.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { derive, hash, message, number8 } from "../../reader/crypto.mjs";
import { pad } from "../../reader/objects.mjs";
import { concat, emptyRows, encode, id, load, ROOT, seal, stubVault, unhex, utf8, xchacha20poly1305 } from "./rescue-store.mjs";

const { deriveKeys } = await load("vault.js");

export const VECTOR = JSON.parse(readFileSync(join(ROOT, "tests/vectors/frame.json"), "utf8"));
export const [CIRCLE, STREAM, DEVICE] = [VECTOR.circle, VECTOR.stream, VECTOR.author.id].map(unhex);
export const EPOCH_KEYS = VECTOR.stream_keys.map(unhex);
const vaultKeys = await deriveKeys(new Uint8Array(32).fill(3));

// A vault whose circle has the vectors' keys.
export function startStore(rows = emptyRows()) {
  const put = (store, key, plain) => {
    const sealed = seal(vaultKeys, store, [...key], plain);
    rows[store].set([...key], sealed);
    return sealed;
  };
  const frameKey = (number, device = DEVICE) => concat(STREAM, device, number8(number));
  EPOCH_KEYS.forEach((key, i) => put("circles", concat(utf8("key/"), CIRCLE, STREAM, number8(i + 1)), key));
  const putFrame = (number, frame, seq = null, at = null, device = DEVICE) => put("frames", frameKey(number, device), encode([1, frame, seq, at]));
  return { put, putFrame, frameKey, vault: stubVault(vaultKeys, rows) };
}

// Signed by nobody: this page leaves that to the engine.
export function makeFrame(changes, { epoch = 1, root, deflated, smuggled = 0 } = {}) {
  const head = encode(new Map([[0, 1], [1, id(8)], [2, []]]));
  const items = changes.map((change, i) => [id(100 + i), change]);
  const pack = encode(new Map([[0, 1], [1, head], [2, items]]));
  const ownRoot = hash("root", hash("pack-head", head), ...items.map((item) => hash("change", ...item)));
  const header = encode(new Map([[0, 1], [1, DEVICE], [4, 1], [7, new Uint8Array(root ?? ownRoot)]]));
  const place = [CIRCLE, STREAM, number8(epoch)];
  const key = new Uint8Array(derive(EPOCH_KEYS[0], "body-key", ...place));
  const [nonce, bound] = [new Uint8Array(24).fill(4), new Uint8Array(message("body", ...place, hash("header", header)))];
  const plain = new Uint8Array(pad(deflated ?? deflateRawSync(pack)));
  plain[plain.length - 1] = smuggled;
  const body = encode(new Map([[0, 1], [1, epoch], [2, nonce], [3, xchacha20poly1305(key, nonce, bound).encrypt(plain)]]));
  return encode([header, new Uint8Array(64), body]);
}
