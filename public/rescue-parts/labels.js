// The bytes that are hashed, derived from and bound (docs/protocol.md, 2): a label, then parts.

// Whole numbers in eight bytes, the greatest first.
export function number8(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}

export function message(label, ...parts) {
  return concat(new TextEncoder().encode(`hearth/1/${label}\0`), ...parts);
}

export async function hash(label, ...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", message(label, ...parts)));
}

export function derive(key, label, ...parts) {
  return expand(key, message(label, ...parts));
}

// HKDF-SHA256 without salt, 32 bytes.
export async function expand(key, info) {
  const secret = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, secret, 256);
  return new Uint8Array(bits);
}

export function isSame(one, other) {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

export function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
