// The rescue page: opens what lies on this phone, lists it, makes a copy, and changes nothing.
// It shares no code with the app, so it stands when the app does not.
import { isEmpty, loadWords, makePage, makeZip, nameOf, readAll, sayAll, Words } from "./rescue-parts/export.js";

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

async function showAll() {
  try {
    const inventories = await readAll();
    document.getElementById("list").replaceChildren(...inventories.flatMap(drawVault));
    show(isEmpty(inventories) ? "nothing" : "found");
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
  const tell = (text) => { line.textContent = text; };
  button.disabled = true;
  try {
    const made = new Date();
    const zip = await makeZip(inventories, words, made, tell);
    offer("save-zip", zip, nameOf(made, "zip"));
    offer("save-page", await makePage(inventories, words, made), nameOf(made, "html"));
    document.getElementById("ready").hidden = false;
    tell(sayAll(inventories, words));
    document.getElementById("save-page").focus();
  } catch (error) {
    const why = error.name === "TooLarge" ? "backup.copy_large" : "backup.copy_not";
    tell(`${words.get(why)} ${error.name}: ${error.message}`);
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
