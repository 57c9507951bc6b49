// A plain link to one of our pages moves within the app: no reload, the same connection.
(function () {
  "use strict";
  var OUTSIDE = /^\/(account|export|assets)\//;

  function ours(link) {
    return !link.target && !link.hasAttribute("download") && !OUTSIDE.test(link.pathname);
  }
  // The page is drawn anew around the reader: whoever uses the keyboard stays on the same link.
  var kept = "";
  function keepFocus(id) {
    kept = id;
    setTimeout(function () { if (kept === id) kept = ""; }, 3000);
  }
  document.addEventListener("DOMContentLoaded", function () {
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
    history.pushState({}, "", link.href);
    // Streamlit goes where the address points when the reader goes back or forward.
    dispatchEvent(new PopStateEvent("popstate"));
    var main = document.querySelector("[data-testid=stMain]");
    if (main && !stays) main.scrollTop = 0;
  });
})();
