// A plain link to one of our pages moves within the app: no reload, the same connection.
(function () {
  "use strict";
  var OUTSIDE = /^\/(account|export|assets)\//;

  // A page completes its address as it is drawn, and a filter changes it: that is no step to go
  // back to, or back would lead to the same page again.
  var step = history.pushState.bind(history);
  history.pushState = function (state, title, url) {
    var same = url && new URL(url, location.href).pathname === location.pathname;
    (same ? history.replaceState.bind(history) : step)(state, title, url);
  };

  function ours(link) {
    return !link.target && !link.hasAttribute("download") && !OUTSIDE.test(link.pathname);
  }
  // The page is drawn anew around the reader: whoever uses the keyboard stays on the same link.
  var kept = "";
  function keepFocus(id) {
    kept = id;
    setTimeout(function () { if (kept === id) kept = ""; }, 3000);
  }
  // What a link on the same page brings up is scrolled to, once it is there, if it is out of sight.
  var sought = "";
  function reveal() {
    var app = document.querySelector("[data-testid=stApp]");
    if (!sought || !app || app.dataset.testScriptState !== "notRunning") return;
    var there = document.getElementById(sought);
    sought = "";
    if (there) there.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(reveal).observe(document.getElementById("root"), {
      subtree: true, attributes: true, attributeFilter: ["data-test-script-state"]
    });
    new MutationObserver(function () {
      var again = kept && document.activeElement === document.body && document.getElementById(kept);
      if (again) again.focus({ preventScroll: true });
    }).observe(document.getElementById("root"), { subtree: true, childList: true });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-testid=stHtml] a[href^='/']");
    if (!link || !ours(link) || event.button) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    var stays = link.pathname === location.pathname;
    keepFocus(stays ? link.id : "");
    sought = (stays && link.dataset.reveal) || "";
    step({}, "", link.href);
    // Streamlit goes where the address points when the reader goes back or forward.
    dispatchEvent(new PopStateEvent("popstate"));
    var main = document.querySelector("[data-testid=stMain]");
    if (main && !stays) main.scrollTop = 0;
  });
})();
