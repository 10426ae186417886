// The rescue page: opens what lies on this phone, lists it, makes a copy, and changes nothing.
// It shares no code with the app, so it stands when the app does not.
import { makeCopies } from "./rescue-parts/copy.js";
import { takeInventory } from "./rescue-parts/inventory.js";
import { listVaults, openVault } from "./rescue-parts/vault.js";
import { Words } from "./rescue-parts/words.js";

const FEW_WORDS = 160;
const words = await setUp();
await showAll();

async function setUp() {
  const settings = readSettings();
  const wanted = [settings.language, ...navigator.languages].map((tag) => String(tag).split("-")[0]);
  let language = wanted.find((code) => code === "en" || code === "ur") ?? "en";
  const loaded = await loadWords(language);
  if (!loaded) language = "en";
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ur" ? "rtl" : "ltr";
  if (settings.theme) document.documentElement.dataset.theme = settings.theme;
  if (settings.text) document.documentElement.style.fontSize = `${Number(settings.text) || 100}%`;
  const marked = [...document.querySelectorAll("[data-t]")];
  for (const element of marked) {
    const word = loaded?.[element.dataset.t];
    if (word) element.textContent = word;
  }
  return new Words(language, loaded ?? {}, (key) => marked.find(({ dataset }) => dataset.t === key)?.textContent);
}

function readSettings() {
  try {
    return JSON.parse(localStorage.getItem(`hearth.settings.${localStorage.getItem("hearth.vault")}`)) ?? {};
  } catch {
    return {};
  }
}

async function loadWords(language) {
  try {
    const parts = await (await fetch(`/i18n/${language}.json`)).json();
    const named = ([first, words]) => Object.entries(words).map(([rest, text]) => [`${first}.${rest}`, text]);
    return Object.fromEntries(Object.entries(parts).flatMap(named));
  } catch {
    return null;
  }
}

async function showAll() {
  try {
    const inventories = [];
    for (const name of await listVaults()) {
      const vault = await openVault(name);
      if (vault) inventories.push(await takeInventory(vault));
    }
    document.getElementById("list").replaceChildren(...inventories.flatMap(drawVault));
    const isEmpty = inventories.every(({ changes, drafts, unread, blobs }) => changes.length + drafts.length + unread.length + blobs.size === 0);
    show(isEmpty ? "nothing" : "found");
    const count = sum(inventories, ({ records }) => records.length);
    document.getElementById("count").textContent = count ? words.get("rescue.found", { count }) : "";
    document.getElementById("copy").addEventListener("click", () => copyAll(inventories));
  } catch (error) {
    show("closed");
    document.getElementById("why").textContent = `${error.name}: ${error.message}`;
  }
}

function show(id) {
  for (const part of ["opening", "nothing", "found", "closed"]) document.getElementById(part).hidden = part !== id;
}

function drawVault({ vault, records, drafts, children, unread }) {
  const parts = [];
  if (vault.isLocked) parts.push(element("p", "notice", words.get("rescue.locked")));
  if (unread.length) parts.push(element("p", "notice", words.get("rescue.unread", { count: unread.length })));
  if (children.length) parts.push(element("p", "", `${words.get("children.title")}: ${children.map((child) => child.words).join(", ")}`));
  const list = element("ul", "list");
  list.append(...drafts.map((draft) => drawItem(draft, words.get("home.unsaved"))));
  list.append(...records.map((record) => drawItem(record, markOf(record))));
  return [...parts, list];
}

function markOf({ isDeleted, isPart }) {
  return [isPart && words.get("rescue.part"), isDeleted && words.get("bin.title")].filter(Boolean).join(" · ");
}

function drawItem(record, mark) {
  const item = element("li", "item");
  const [, first] = words.answers(record)[0] ?? ["", ""];
  const text = element("p", "", first.length > FEW_WORDS ? `${first.slice(0, FEW_WORDS)}…` : first);
  text.dir = "auto";
  const about = [words.day(record.day), record.photos.length && words.get("photo.count", { count: record.photos.length }), mark];
  item.append(element("p", "kind", words.kind(record.kind)), text, element("p", "about", about.filter(Boolean).join(" · ")));
  return item;
}

async function copyAll(inventories) {
  const button = document.getElementById("copy");
  const line = document.getElementById("progress");
  button.disabled = true;
  let done = 0;
  const count = sum(inventories, ({ blobs }) => blobs.size);
  const onPhoto = () => {
    done += 1;
    line.textContent = words.get("rescue.copying", { done, count });
  };
  try {
    line.textContent = words.get("rescue.copying", { done, count });
    const { page, data } = await makeCopies(inventories, words, onPhoto);
    const day = new Date().toISOString().slice(0, 10);
    offer("save-page", page, `hearth-${day}.html`);
    offer("save-data", data, `hearth-${day}.json`);
    document.getElementById("ready").hidden = false;
    line.textContent = "";
    document.getElementById("save-page").focus();
  } catch (error) {
    line.textContent = `${words.get("rescue.not_copied")} ${error.name}: ${error.message}`;
  } finally {
    button.disabled = false;
  }
}

function offer(id, blob, name) {
  const link = document.getElementById(id);
  if (link.href) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(blob);
  link.download = name;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function sum(list, count) {
  return list.reduce((total, entry) => total + count(entry), 0);
}
