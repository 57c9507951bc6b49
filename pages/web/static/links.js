// A plain link to one of our pages moves within the app: no reload, the same connection.
(function () {
  "use strict";
  var OUTSIDE = /^\/(account|export|assets)\//;

  function ours(link) {
    return !link.target && !link.hasAttribute("download") && !OUTSIDE.test(link.pathname);
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-testid=stHtml] a[href^='/']");
    if (!link || !ours(link) || event.button) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    // Streamlit goes where the address points when the reader goes back or forward.
    dispatchEvent(new PopStateEvent("popstate"));
    var main = document.querySelector("[data-testid=stMain]");
    if (main) main.scrollTop = 0;
  });
})();
