// Opens the committed vectors with code written from docs/protocol.md alone.
// Run: node --test tests/reader

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readCbor, writeCbor } from "./cbor.mjs";
import { derive, deriveSealingSecret, hash, message, number8, openBox, publicOf, verify } from "./crypto.mjs";
import * as objects from "./objects.mjs";

const load = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const bytes = (hex) => Buffer.from(hex, "hex");

/** Every way to change one byte and to cut the end off. */
function* damaged(whole) {
  for (let at = 0; at < whole.length; at += 1) {
    const copy = Buffer.from(whole);
    copy[at] ^= 1 << at % 8;
    yield copy;
    yield whole.subarray(0, at);
  }
}

function refusesDamage(whole, open) {
  open(whole);
  for (const copy of damaged(whole)) assert.throws(() => open(copy));
}

test("keys, names, labels and paddings are those of the page", () => {
  const vector = load("keys");
  for (const device of vector.devices) {
    const sealing = deriveSealingSecret(bytes(device.sealing_seed));
    assert.equal(publicOf("Ed25519", bytes(device.signing_seed)).toString("hex"), device.signing);
    assert.equal(publicOf("X25519", sealing).toString("hex"), device.sealing);
    assert.equal(objects.deviceId(bytes(device.signing), bytes(device.sealing)).toString("hex"), device.id);
  }
  for (const purpose of vector.purposes) {
    assert.equal(hash(purpose.label, bytes(vector.part)).toString("hex"), purpose.hash);
    assert.equal(derive(bytes(vector.key), purpose.label, bytes(vector.part)).toString("hex"), purpose.derived);
  }
  for (const [length, padded] of vector.padme) assert.equal(objects.padme(length), padded);
});

test("the chain of a circle holds from its first entry", () => {
  const vector = load("control");
  const known = new Map();
  const learn = (keys) => known.set(objects.deviceId(keys.get(1), keys.get(2)).toString("hex"), keys.get(1));
  let prev = Buffer.alloc(32);
  const arrived = [];
  vector.entries.forEach((hex, index) => {
    const entry = objects.readEntry(bytes(hex), (id) => known.get(id));
    assert.equal(entry.seq, index + 1);
    assert.deepEqual(entry.prev, prev);
    assert.equal(entry.hash.toString("hex"), vector.hashes[index]);
    for (const [number, isCritical, fields] of entry.acts) {
      assert.equal(isCritical, true);
      if (number === 12) arrived.push(entry.signer.toString("hex"));
      if (number === 1) learn(fields.get(2));
      if (number === 3) learn(fields.get(3));
      if (number === 8) learn(fields.get(1));
      if (number === 7) {
        const commit = derive(bytes(vector.stream_keys[fields.get(2) - 1]), "commit", bytes(vector.circle), fields.get(1), number8(fields.get(2)));
        assert.deepEqual(commit, fields.get(3));
      }
    }
    prev = entry.hash;
  });
  assert.equal(vector.hashes[0], vector.circle);
  assert.deepEqual(arrived, vector.arrived);
  refusesDamage(bytes(vector.entries[2]), (entry) => objects.readEntry(entry, (id) => known.get(id)));
});

test("keys grow from the words, and the circle's name opens with them alone", () => {
  const vector = load("recovery");
  const list = readFileSync(new URL("../../src/protocol/recovery/english.txt", import.meta.url), "utf8").trim().split("\n");
  const entropy = objects.readWords(vector.words, list);
  const seed = (use) => derive(entropy, `recovery/${use}`);
  assert.equal(seed("signing").toString("hex"), vector.signing_seed);
  assert.equal(seed("sealing").toString("hex"), vector.sealing_seed);
  assert.equal(publicOf("Ed25519", seed("signing")).toString("hex"), vector.signing);
  assert.equal(publicOf("X25519", deriveSealingSecret(seed("sealing"))).toString("hex"), vector.sealing);
  const id = objects.deviceId(bytes(vector.signing), bytes(vector.sealing));
  assert.equal(id.toString("hex"), vector.id);
  const open = (box) => openBox(seed("circle"), id, box);
  assert.equal(open(bytes(vector.sealed_circle)).toString("hex"), vector.circle);
  refusesDamage(bytes(vector.sealed_circle), open);
  const swapped = vector.words.split(" ").reverse().join(" ");
  assert.throws(() => objects.readWords(swapped, list));
});

test("an entry of a later version keeps its outer form", () => {
  const vector = load("control");
  const [payload, signature] = readCbor(bytes(vector.later_version));
  const fields = readCbor(payload);
  assert.equal(fields.get(0), 2);
  verify(bytes(vector.founder.signing), signature, "entry-signed", hash("entry", payload));
  assert.throws(() => objects.readObject(payload));
});

test("a frame opens, sealed again and with one change taken out", () => {
  const vector = load("frame");
  const place = {
    circle: bytes(vector.circle),
    stream: bytes(vector.stream),
    author: bytes(vector.author.signing),
    keys: vector.stream_keys.map(bytes),
  };
  const open = (hex) => objects.openFrame(bytes(hex), place);
  const changes = (frame) => frame.items.map((item) => (Array.isArray(item) ? item[1].toString("hex") : null));
  const frame = open(vector.frame);
  assert.equal(frame.headerHash.toString("hex"), vector.header_hash);
  assert.equal(frame.root.toString("hex"), vector.root);
  assert.deepEqual(changes(frame), vector.changes);
  const again = open(vector.sealed_again);
  assert.equal(again.epoch, 2);
  assert.deepEqual(changes(again), vector.changes);
  const redacted = open(vector.redacted);
  const left = vector.changes.map((change, index) => (index === vector.redacted_index ? null : change));
  assert.deepEqual(changes(redacted), left);
  const erase = open(vector.erase_frame);
  const [erased] = erase.header.get(9).get(1);
  assert.deepEqual(erased.get(3), frame.headerHash);
  assert.deepEqual(erased.get(4), hash("body-bytes", redacted.body));
  assert.equal(erased.get(4).toString("hex"), vector.redacted_body_hash);
  refusesDamage(bytes(vector.frame), (copy) => objects.openFrame(copy, place));
});

test("one change shown alone proves its author", () => {
  const vector = load("frame");
  const author = bytes(vector.author.signing);
  assert.equal(objects.readShown(bytes(vector.shown_change), author).toString("hex"), vector.changes[2]);
  refusesDamage(bytes(vector.shown_change), (copy) => objects.readShown(copy, author));
});

test("the running hash is the one that the server signed", () => {
  const vector = load("log");
  let running = objects.logStart(bytes(vector.circle), bytes(vector.stream), bytes(vector.log));
  const all = [running.toString("hex")];
  for (const [seq, receivedAt, header] of vector.rows) {
    running = objects.logNext(running, seq, receivedAt, bytes(header));
    all.push(running.toString("hex"));
  }
  assert.deepEqual(all, vector.running);
  const server = bytes(vector.server);
  const head = objects.readSignedHead(bytes(vector.head), server);
  assert.deepEqual(head.get(5), running);
  refusesDamage(bytes(vector.head), (copy) => objects.readSignedHead(copy, server));
  refusesDamage(bytes(vector.receipt), (copy) => objects.readReceipt(copy, server));
});

test("a grant opens for its device, and its keys fit their commits", () => {
  const vector = load("grant");
  const secret = deriveSealingSecret(bytes(vector.to.sealing_seed));
  const circle = bytes(vector.circle);
  const keys = objects.openGrant(bytes(vector.grant), circle, bytes(vector.to.id), secret);
  keys.forEach(({ stream, epoch, key }, at) => {
    assert.deepEqual([epoch, key.toString("hex")], vector.keys[at]);
    assert.equal(derive(key, "commit", circle, stream, number8(epoch)).toString("hex"), vector.commits[at]);
  });
});

test("an attachment opens, and sealing it gives the same bytes", () => {
  const vector = load("blob");
  const content = Buffer.from(Array.from({ length: vector.long.length }, (_, at) => at % 251));
  const key = derive(bytes(vector.key), "blob-key", bytes(vector.circle), bytes(vector.stream), bytes(vector.blob));
  const sealed = bytes(vector.short.sealed);
  assert.deepEqual(objects.openBlob(key, sealed), content.subarray(0, vector.short.length));
  assert.equal(hash("blob-bytes", sealed).toString("hex"), vector.short.hash);
  const long = objects.sealBlob(key, content);
  assert.equal(long.length, vector.long.sealed_length);
  assert.equal(hash("blob-bytes", long).toString("hex"), vector.long.hash);
  assert.throws(() => objects.openBlob(key, long.subarray(0, 65_552)));
});

test("an invite is read from its link to its pictures", () => {
  const vector = load("invite");
  const [version, id64, secret64] = vector.address.split("#")[1].split(".");
  assert.equal(version, "v1");
  const id = Buffer.from(id64, "base64url");
  const secret = Buffer.from(secret64, "base64url");
  assert.equal(id.toString("hex"), vector.id);
  const open = (label, box) => objects.readObject(openBox(derive(secret, label, id), id, box));
  const bundle = open("invite/bundle", bytes(vector.bundle));
  assert.equal(bundle.get(7), vector.role);
  const number = bytes(vector.number);
  assert.deepEqual(bundle.get(9), hash("invite/commitment", number));
  const proof = objects.readObject(bytes(vector.claim));
  const proofKey = publicOf("Ed25519", derive(secret, "invite/proof-key", id));
  assert.equal(proofKey.toString("hex"), vector.proof_key);
  verify(proofKey, proof.get(2), "invite/proof", id, proof.get(1));
  const unsigned = (fields, number) => writeCbor(new Map(fields).set(number, Buffer.alloc(64)));
  const claim = open("invite/claim", proof.get(1));
  assert.equal(claim.get(3), vector.name);
  verify(claim.get(1).get(1), claim.get(4), "invite/joiner", id, unsigned(claim, 4));
  const anchor = open("invite/anchor", bytes(vector.anchor));
  verify(bundle.get(4).get(1), anchor.get(3), "invite/approval", id, unsigned(anchor, 3));
  const drawn = hash("invite/pictures", hash("invite/box", bytes(vector.bundle)), hash("invite/box", proof.get(1)), number);
  const names = [...drawn.subarray(0, 4)].map((byte) => pictures()[byte % 64]);
  assert.deepEqual(names, vector.pictures);
  refusesDamage(bytes(vector.bundle), (copy) => open("invite/bundle", copy));
});

/** The list of pictures, as the page has it. */
function pictures() {
  const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
  const section = page.split("### Pictures")[1].split("\n#")[0];
  return [...section.matchAll(/^\| \d+ \| (\w+) \|$/gm)].map(([, name]) => name);
}

test("a request and the server's time hold", () => {
  const vector = load("request");
  const [version, device, time, signature] = vector.header.split(".");
  assert.equal(version, "v1");
  assert.equal(device, vector.device.id);
  const texts = [vector.origin, vector.method, vector.path].map((text) => Buffer.from(text));
  const parts = [bytes(device), number8(time), hash("request-body", bytes(vector.body)), ...texts.flatMap((text) => [number8(text.length), text])];
  const signed = Buffer.from(signature, "base64url");
  verify(bytes(vector.device.signing), signed, "request", ...parts);
  const told = objects.readObject(bytes(vector.server_time));
  verify(bytes(vector.server), told.get(2), "time", number8(told.get(1)), signed);
  assert.equal(message("time").toString(), "hearth/1/time\0");
});

test("an exchange is read in both directions", () => {
  const vector = load("exchange");
  const request = objects.readObject(bytes(vector.request));
  assert.equal(request.get(1).toString("hex"), vector.circle);
  const [stream] = request.get(4);
  const pushed = stream.get(3)[0].get(1);
  const answer = objects.readObject(bytes(vector.answer));
  const [answered] = answer.get(5);
  assert.deepEqual(answered.get(3), [[3, 4]]);
  assert.deepEqual(answered.get(4)[0].get(3), pushed);
  assert.equal(readCbor(pushed).length, 3);
  for (let length = 0; length < vector.request.length / 2; length += 1) {
    assert.throws(() => objects.readObject(bytes(vector.request).subarray(0, length)));
  }
});
