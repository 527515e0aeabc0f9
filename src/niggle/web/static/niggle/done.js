/* The server has it: the draft may go. */
(function () {
  "use strict";
  var saved = document.querySelector("[data-saved]");
  if (saved) {
    try {
      localStorage.removeItem("niggle:" + saved.dataset.saved);
    } catch (error) {
      /* nothing was kept */
    }
  }
})();
