// Whose a device is, and what they are called: from the control entries (docs/protocol.md, 4) and the names people gave.
import { decode } from "./cbor.js";
import { hash, isSame, toHex } from "./labels.js";

const [ENTRY, SELF] = ["entry/", "self/"].map((name) => new TextEncoder().encode(name));
const [GENESIS, MEMBER_ADDED, DEVICE_ADDED, RECOVERY_SET] = [1, 3, 4, 8];
const [NAME_OF_PERSON, PERSON] = [7, 16];

export class People {
  entries = [];
  // Person by device.
  devices = new Map();
  names = new Map();
  self = null;

  // Takes a row of the store `circles`, where it says who is who. One that says it in another way leaves a name out.
  take(rowKey, plain) {
    try {
      if (begins(rowKey, ENTRY)) this.entries.push(decode(decode(plain)[0]));
      if (begins(rowKey, SELF)) this.self = toHex(decode(plain)[3]);
    } catch {}
  }

  // In the order of the chain: a device is added by one that is known already.
  async arrange(cards) {
    for (const entry of this.entries.sort((one, other) => one.get(1) - other.get(1))) {
      try {
        for (const [act, , fields] of entry.get(4)) await this.follow(act, fields, toHex(entry.get(3)));
      } catch {}
    }
    for (const { kind, fields, words } of cards) {
      if (kind === NAME_OF_PERSON && fields.get(PERSON) instanceof Uint8Array) this.names.set(toHex(fields.get(PERSON)), words);
    }
  }

  async follow(act, fields, signer) {
    const person = [GENESIS, MEMBER_ADDED].includes(act) ? toHex(fields.get(1)) : this.devices.get(signer);
    const place = { [GENESIS]: 2, [MEMBER_ADDED]: 3, [DEVICE_ADDED]: 1, [RECOVERY_SET]: 1 }[act];
    if (!place || !person) return;
    const keys = fields.get(place);
    this.devices.set(toHex((await hash("device", keys.get(1), keys.get(2))).slice(0, 16)), person);
  }

  // {device, person, name} of who wrote a change, each null where it is not known. What waits here is this phone's own.
  of(device) {
    const person = device ? this.devices.get(device) ?? null : this.self;
    return { device, person, name: this.names.get(person) || null };
  }
}

function begins(key, name) {
  return isSame(key.subarray(0, name.length), name);
}
