// Opens the databases of docs/store-format.md, for reading only.
import { xchacha20poly1305 } from "../vendor/xchacha20poly1305.js";
import { expand } from "./labels.js";

const NAME = /^hearth-vault-[0-9a-f]{32}$/;
const STORES = ["meta", "changes", "drafts", "blobs", "circles", "frames"];
const NONCE_END = 25;

// A name in use first, then any other vault that lies here.
export async function listVaults() {
  const names = new Set();
  const inUse = `hearth-vault-${localStorage.getItem("hearth.vault")}`;
  if (NAME.test(inUse)) names.add(inUse);
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    if (NAME.test(name)) names.add(name);
  }
  return [...names];
}

// Null where there is no such database: asking must not make one.
export async function openVault(name) {
  const database = await openDatabase(name);
  return database && new Vault(database, await openKeys(database));
}

class Vault {
  constructor(database, keys) {
    this.database = database;
    this.keys = keys;
  }

  get isLocked() {
    return this.keys === null;
  }

  rowKeys(store) {
    return this.has(store) ? ask(this.database.transaction(store).objectStore(store).getAllKeys()) : Promise.resolve([]);
  }

  sealedRow(store, key) {
    return ask(this.database.transaction(store).objectStore(store).get(key));
  }

  // The row's words; null where they do not open.
  async openRow(store, key) {
    const sealed = await this.sealedRow(store, key);
    return this.keys && sealed ? openSealed(this.keys[store], store, new Uint8Array(key), sealed) : null;
  }

  has(store) {
    return this.database.objectStoreNames.contains(store);
  }
}

export function openSealed(key, store, rowKey, sealed) {
  if (sealed[0] !== 1) return null;
  const place = new Uint8Array([...new TextEncoder().encode(store), 0, ...rowKey]);
  try {
    return xchacha20poly1305(key, sealed.subarray(1, NONCE_END), place).decrypt(sealed.subarray(NONCE_END));
  } catch {
    return null;
  }
}

export async function deriveKeys(vaultKey) {
  const derive = async (store) => [store, await expand(vaultKey, new TextEncoder().encode(`hearth/1/rest/${store}`))];
  return Object.fromEntries(await Promise.all(STORES.map(derive)));
}

async function openKeys(database) {
  try {
    const store = database.transaction("keys").objectStore("keys");
    const [kept, wrap] = await Promise.all([ask(store.get("vault")), ask(store.get("wrap"))]);
    if (kept.v !== 1) return null;
    const plain = kept.plain ?? await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, wrap, kept.wrapped);
    return await deriveKeys(new Uint8Array(plain));
  } catch {
    // A key that is missing or damaged: what is here is still exported, as it is.
    return null;
  }
}

// Whatever version lies here is opened as it is: no number is asked for, so nothing is ever upgraded.
function openDatabase(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction.abort();
    };
    request.onsuccess = () => {
      // The app beside it waits for nobody who only reads.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => (isNew ? resolve(null) : reject(request.error));
  });
}

function ask(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
