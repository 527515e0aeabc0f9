/* The gallery: filters without a new page, and pictures that move only while they are looked at. */
(function () {
  "use strict";

  var form = document.querySelector("[data-gallery]");
  if (!form) return;
  document.documentElement.classList.add("ex-scripted");
  var items = Array.from(document.querySelectorAll(".ex-grid > li"));
  var many = document.querySelector("[data-many]");
  var none = document.querySelector("[data-none]");
  var clear = document.querySelector("[data-clear]");
  var fields = ["part", "type", "need", "phase"].filter(function (name) {
    return form.elements[name]; /* phases only with a plan */
  });

  function filter() {
    var words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    var asked = new URLSearchParams();
    if (words.length) asked.set("q", words.join(" "));
    fields.forEach(function (name) {
      if (form.elements[name].value) asked.set(name, form.elements[name].value);
    });
    items.forEach(function (item) {
      var fits =
        fields.every(function (name) {
          var value = form.elements[name].value;
          return !value || item.dataset[name].split(" ").indexOf(value) >= 0;
        }) &&
        words.every(function (word) {
          return item.dataset.text.indexOf(word) >= 0;
        });
      item.hidden = !fits;
      if (fits) shown += 1;
    });
    many.textContent = shown + " of " + items.length + " exercises";
    none.hidden = shown > 0;
    clear.hidden = !asked.toString();
    history.replaceState(null, "", location.pathname + (asked.toString() ? "?" + asked : ""));
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    filter();
  });
  form.addEventListener("input", filter);
  clear.addEventListener("click", function (event) {
    event.preventDefault();
    form.elements.q.value = "";
    fields.forEach(function (name) {
      form.elements[name].value = "";
    });
    filter();
    form.elements.q.focus();
  });
  if (form.elements.q.value || fields.some(function (n) { return form.elements[n].value; })) filter();

  /* ---- motion: under the mouse or the focus; where there is no mouse, in the middle of the screen ---- */
  var still = matchMedia("(prefers-reduced-motion: reduce)");
  var mouse = matchMedia("(hover: hover)");
  var toggle = document.querySelector("[data-motion]");
  var wanted = recall("niggle-gallery-moves") !== "no";
  var middle = new Set();
  var pointed = new Set();

  function recall(key) {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null;
    }
  }

  function set(item) {
    var img = item.querySelector("img");
    var move = wanted && !still.matches && (pointed.has(item) || (!mouse.matches && middle.has(item)));
    var from = img.getAttribute("src");
    var to = move ? from.replace("/thumb/", "/loop/") : from.replace("/loop/", "/thumb/");
    item.dataset.moves = move ? "yes" : "";
    if (to === from) return;
    var next = new Image(); /* there before it is shown, so that nothing blinks */
    next.onload = function () {
      if ((item.dataset.moves === "yes") === move) img.src = to;
    };
    next.src = to;
  }

  var seen = new IntersectionObserver(
    function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) middle.add(entry.target);
        else middle.delete(entry.target);
        set(entry.target);
      });
    },
    { rootMargin: "-28% 0px -28% 0px", threshold: 0.6 }
  );
  items.forEach(function (item) {
    seen.observe(item);
    [["pointerenter", true], ["focusin", true], ["pointerleave", false], ["focusout", false]].forEach(function (pair) {
      item.addEventListener(pair[0], function (event) {
        if (event.pointerType === "touch") return;
        if (pair[1]) pointed.add(item);
        else pointed.delete(item);
        set(item);
      });
    });
  });

  function show() {
    toggle.hidden = still.matches;
    toggle.setAttribute("aria-pressed", String(wanted));
    items.forEach(set);
  }
  toggle.addEventListener("click", function () {
    wanted = !wanted;
    try {
      localStorage.setItem("niggle-gallery-moves", wanted ? "yes" : "no");
    } catch (error) {
      /* for this page only, then */
    }
    show();
  });
  still.addEventListener("change", show);
  show();
})();
