/* What is being typed is kept in this browser until the server has it. A chosen place shows its region open. */
(function () {
  "use strict";
  document.querySelectorAll("textarea[data-draft]").forEach(function (area) {
    var key = "niggle:" + area.dataset.draft;
    try {
      if (!area.value) area.value = localStorage.getItem(key) || "";
      area.addEventListener("input", function () {
        try {
          localStorage.setItem(key, area.value);
        } catch (error) {
          /* full or private: the form still works */
        }
      });
    } catch (error) {
      /* private windows may refuse; the form still works */
    }
  });
  document.querySelectorAll(".sites input:checked").forEach(function (input) {
    input.closest("details").open = true;
  });
  /* a thumb that chose a place on the page of its own has answered */
  document.querySelectorAll("form[data-tap]").forEach(function (form) {
    form.addEventListener("change", function (event) {
      if (event.target.name === "site") form.requestSubmit();
    });
  });
})();
