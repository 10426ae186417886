// Runs before the first paint: look, language, the floor, and the static pages that
// stand when wasm cannot. Old syntax on purpose, so that browsers we turn away can say so.
(function () {
  "use strict";
  var root = document.documentElement;
  var PAGES = { insecure: "insecure", old: "old-browser", failed: "load-failed", broken: "crash" };
  var DIRECTIONS = { en: "ltr", ur: "rtl" };
  var kept = "";

  function readSettings() {
    try {
      return JSON.parse(localStorage.getItem("hearth.settings." + localStorage.getItem("hearth.vault"))) || {};
    } catch (unreadable) {
      return {};
    }
  }

  function chooseLanguage(wanted) {
    var list = [wanted].concat(navigator.languages || [navigator.language]);
    for (var i = 0; i < list.length; i++) {
      var code = String(list[i] || "").split("-")[0];
      if (DIRECTIONS[code]) return code;
    }
    return "en";
  }

  function apply(settings) {
    root.lang = chooseLanguage(settings.language);
    root.dir = DIRECTIONS[root.lang];
    var text = Math.round((Number(settings.text) || 100) / 25) * 25;
    root.setAttribute("data-text", Math.min(200, Math.max(100, text)));
    var theme = settings.theme === "light" || settings.theme === "dark" ? settings.theme : "";
    if (theme) root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
    var bars = document.querySelectorAll("meta[data-bar]");
    for (var i = 0; i < bars.length; i++) {
      var bar = bars[i].getAttribute("data-bar");
      bars[i].media = !theme ? "(prefers-color-scheme: " + bar + ")" : theme === bar ? "all" : "not all";
    }
  }

  function loadWords(language) {
    return fetch("/i18n/" + language + ".json").then(function (answer) {
      if (!answer.ok) throw new Error("words: " + answer.status);
      return answer.json().then(flatten);
    });
  }

  // The first half of a name travels once.
  function flatten(parts) {
    var words = {};
    for (var first in parts) for (var rest in parts[first]) words[first + "." + rest] = parts[first][rest];
    return words;
  }

  function startWords() {
    var language = root.lang;
    if (language === "en") return loadWords("en");
    root.setAttribute("data-words", "waiting");
    return loadWords(language)
      .catch(function () {
        apply({ language: "en", theme: root.getAttribute("data-theme"), text: root.getAttribute("data-text") });
        return loadWords("en");
      })
      .then(fill, function (lost) {
        root.removeAttribute("data-words");
        throw lost;
      });
  }

  function fill(words) {
    whenParsed(function () {
      var marked = document.querySelectorAll("[data-t]");
      for (var i = 0; i < marked.length; i++) {
        var word = words[marked[i].getAttribute("data-t")];
        if (word) marked[i].textContent = word;
      }
      root.removeAttribute("data-words");
    });
    return words;
  }

  function whenParsed(act) {
    if (document.readyState !== "loading") act();
    else document.addEventListener("DOMContentLoaded", act);
  }

  // What is missing for stories to be safe here, in words for the details line.
  function missing() {
    var lacks = [];
    // A table of externref: the youngest wasm feature that the build uses.
    var tables = [0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 111, 0, 0];
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(tables))) lacks.push("WebAssembly");
    if (!window.indexedDB) lacks.push("IndexedDB");
    if (!navigator.serviceWorker) lacks.push("service worker");
    if (!window.crypto || !crypto.subtle) lacks.push("WebCrypto");
    if (!window.Worker) lacks.push("Worker");
    if (!window.OffscreenCanvas || !window.createImageBitmap) lacks.push("OffscreenCanvas");
    if (!navigator.locks) lacks.push("Web Locks");
    return lacks;
  }

  // Static pages win over the app, and the first of them stays.
  function show(state, details) {
    var now = root.getAttribute("data-app");
    if (PAGES[now]) return;
    root.setAttribute("data-app", state);
    if (window.hearth.shown) window.hearth.shown();
    whenParsed(function () {
      var page = document.getElementById(PAGES[state]);
      // Gone, not hidden: nothing of an app that never came can be pressed.
      if (page && now === "loading") document.getElementById("app").textContent = "";
      else removeAll("[data-shell]");
      hide("app", !!page);
      if (!page) return;
      page.hidden = false;
      var line = page.querySelector("[data-details]");
      if (line) line.textContent = details || "";
      page.querySelector("h1").focus();
    });
  }

  function removeAll(selector) {
    var found = document.querySelectorAll(selector);
    for (var i = 0; i < found.length; i++) found[i].remove();
  }

  function hide(id, hidden) {
    var element = document.getElementById(id);
    if (element) element.hidden = hidden;
  }

  // Places in the code only: a panic's own sentence can quote what somebody wrote.
  function placesIn(message) {
    var places = String(message).match(/[\w./-]+\.rs:\d+:\d+|wasm-function\[\d+\](:0x[0-9a-f]+)?/g) || [];
    return places.slice(0, 8).concat([root.lang, navigator.userAgent]).join("\n");
  }

  function panicked(message) {
    if (kept) {
      whenParsed(function () {
        document.getElementById("crash-kept").textContent = kept;
        hide("crash-kept-line", false);
      });
    }
    show("broken", placesIn(message));
  }

  function onTrap(event) {
    var error = event.error || event.reason;
    if (window.WebAssembly && error instanceof WebAssembly.RuntimeError) panicked(error.stack);
  }

  function onPress(event) {
    var button = event.target.closest && event.target.closest("[data-do]");
    if (!button) return;
    if (button.getAttribute("data-do") === "reload") location.reload();
    else copyDetails(button);
  }

  function copyDetails(button) {
    var page = button.closest(".static-page");
    navigator.clipboard.writeText(page.querySelector("[data-details]").textContent).then(function () {
      page.querySelector("[data-copied]").hidden = false;
    });
  }

  window.hearth = {
    apply: apply,
    fill: fill,
    flatten: flatten,
    kept: function (text) { kept = String(text); },
    ready: function () { show("ready"); },
    failed: function (details) { show("failed", details); },
    panicked: panicked
  };
  apply(readSettings());
  root.setAttribute("data-path", location.pathname === "/" ? "home" : "inside");
  window.addEventListener("error", onTrap);
  window.addEventListener("unhandledrejection", onTrap);
  document.addEventListener("click", onPress);
  if (window.fetch && window.Promise) {
    window.hearth.words = startWords();
    // start.js answers for it; without this line a browser below the floor logs an error as well.
    window.hearth.words.catch(function () {});
  }
  var lacks = missing();
  if (window.isSecureContext === false) show("insecure");
  else if (lacks.length) show("old", lacks.join(", ") + "\n" + navigator.userAgent);
})();
