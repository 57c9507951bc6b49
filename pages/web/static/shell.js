// Runs before the app: language of the browser's own formats, Streamlit's built-in words, the menu.
(function () {
  "use strict";
  var LOCALE = "__LOCALE__", WORDS = __WORDS__, PATTERNS = __PATTERNS__.map(function (pair) {
    return [new RegExp(pair[0]), pair[1]];
  });
  Object.defineProperty(navigator, "language", { get: function () { return LOCALE; } });
  Object.defineProperty(navigator, "languages", { get: function () { return [LOCALE]; } });

  // Only inside Streamlit's own furniture: what people typed or loaded is never touched.
  var FURNITURE = "__FURNITURE__", DATA = "__DATA__";
  var ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

  function said(words) {
    var key = words.trim();
    if (!key) return null;
    if (Object.prototype.hasOwnProperty.call(WORDS, key)) return words.replace(key, WORDS[key]);
    for (var i = 0; i < PATTERNS.length; i++) {
      if (PATTERNS[i][0].test(key)) return words.replace(key, key.replace(PATTERNS[i][0], PATTERNS[i][1]));
    }
    return null;
  }
  function isFurniture(element) {
    return element && element.closest(FURNITURE) && !element.closest(DATA);
  }
  function translate(node) {
    if (node.nodeType === 3) {
      var words = isFurniture(node.parentElement) ? said(node.data) : null;
      if (words !== null && words !== node.data) node.data = words;
      return;
    }
    if (node.nodeType !== 1) return;
    ATTRIBUTES.forEach(function (name) {
      var value = node.getAttribute(name);
      if (!value || !isFurniture(node)) return;
      var words = said(value);
      if (words !== null && words !== value) node.setAttribute(name, words);
    });
    for (var child = node.firstChild; child; child = child.nextSibling) translate(child);
  }
  function onChanges(changes) {
    changes.forEach(function (change) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else translate(change.target);
    });
    followScheme();
  }
  // The light or dark scheme chosen in the app also holds for what stands outside of it.
  function followScheme() {
    var app = document.querySelector("[data-testid=stApp]");
    if (!app) return;
    var scheme = getComputedStyle(app).colorScheme;
    if (scheme && document.documentElement.style.colorScheme !== scheme) {
      document.documentElement.style.colorScheme = scheme;
    }
  }
  if (Object.keys(WORDS).length) {
    new MutationObserver(onChanges).observe(document.documentElement, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(followScheme).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["class"]
    });
    var menu = document.querySelector("#heng-strip details");
    document.addEventListener("click", function (event) {
      if (menu && menu.open && !menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  });
})();
