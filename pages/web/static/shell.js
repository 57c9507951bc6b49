// Runs before the app: the language of the browser's own formats, Streamlit's own words, the menu.
(function () {
  "use strict";
  var LOCALE = "__LOCALE__";
  var PLACES = __PLACES__;
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
  var ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder"];

  Object.defineProperty(navigator, "language", { get: function () { return LOCALE; } });
  Object.defineProperty(navigator, "languages", { get: function () { return [LOCALE]; } });

  PLACES.forEach(function (place) {
    place.patterns = place.patterns.map(function (pair) { return [new RegExp(pair[0]), pair[1]]; });
  });

  function filled(found, sentence) {
    return sentence.replace(/\$(\d)/g, function (_, place) {
      var part = found[place] || "", month = MONTHS.indexOf(part);
      return month < 0 ? part : String(month + 1);
    });
  }
  function saidIn(place, key) {
    if (Object.prototype.hasOwnProperty.call(place.words, key)) return place.words[key];
    for (var i = 0; i < place.patterns.length; i++) {
      var found = place.patterns[i][0].exec(key);
      if (found) return filled(found, place.patterns[i][1]);
    }
    return null;
  }
  // The words of the element's part of the screen, or null where they are none of Streamlit's.
  function said(words, element) {
    var key = words.trim();
    if (!element || !/[A-Za-z]/.test(key)) return null;
    for (var i = 0; i < PLACES.length; i++) {
      var own = saidIn(PLACES[i], key);
      if (own !== null && element.closest(PLACES[i].inside)) return words.replace(key, function () { return own; });
    }
    return null;
  }
  function translate(node) {
    if (node.nodeType === 3) {
      var words = said(node.data, node.parentElement);
      if (words !== null && words !== node.data) node.data = words;
    } else if (node.nodeType === 1) {
      ATTRIBUTES.forEach(function (name) { translateAttribute(node, name); });
      for (var child = node.firstChild; child; child = child.nextSibling) translate(child);
    }
  }
  function translateAttribute(element, name) {
    var value = element.getAttribute(name);
    var words = value ? said(value, element) : null;
    if (words !== null && words !== value) element.setAttribute(name, words);
  }
  function onChanges(changes) {
    changes.forEach(function (change) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "attributes") translateAttribute(change.target, change.attributeName);
      else translate(change.target);
    });
  }
  if (PLACES.length) {
    new MutationObserver(onChanges).observe(document.documentElement, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES
    });
  }

  // The light or dark scheme chosen in the app also holds for what stands around it.
  function followScheme() {
    var app = document.querySelector("[data-testid=stApp]");
    var scheme = app ? getComputedStyle(app).colorScheme : "";
    if (scheme && document.documentElement.style.colorScheme !== scheme) {
      document.documentElement.style.colorScheme = scheme;
    }
  }
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(followScheme).observe(document.getElementById("root"), {
      subtree: true, childList: true, attributes: true, attributeFilter: ["class"]
    });
    var strip = document.getElementById("heng-strip");
    if (!strip) return;
    document.documentElement.style.setProperty("--heng-strip", strip.offsetWidth + "px");
    var menu = strip.querySelector("details");
    document.addEventListener("click", function (event) {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
