/* One question a screen, and nothing typed is lost. Without this script the whole form stands on one page and works. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-interview]");
  if (!form) {
    return;
  }
  var key = "niggle:" + form.dataset.interview;
  var steps = Array.from(form.querySelectorAll("[data-step]"));
  var progress = form.querySelector("[data-progress]");
  var current = 0;

  /* ---- answers ---- */
  function answers() {
    var all = {};
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && value !== "") (all[name] = all[name] || []).push(value);
    });
    return all;
  }

  function holds(when, given) {
    return when.split(" ").every(function (term) {
      var cut = term.indexOf(":");
      var wanted = term.slice(cut + 1).split("|");
      return (given[term.slice(0, cut)] || []).some(function (value) {
        return wanted.indexOf(value) >= 0;
      });
    });
  }

  /* a step that does not apply is disabled, so that what was ticked in it before is not sent */
  function apply() {
    steps.forEach(function (step) {
      step.disabled = false;
    });
    steps.forEach(function (step) {
      var given = answers();
      if (step.dataset.when) step.disabled = !holds(step.dataset.when, given);
      step.querySelectorAll("p[data-when]").forEach(function (part) {
        part.hidden = !holds(part.dataset.when, given);
      });
    });
  }

  /* ---- draft: kept in this browser until the server has it ---- */
  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify({ day: form.dataset.today, at: current, given: answers() }));
    } catch (error) {
      /* private windows may refuse; the form still works */
    }
  }

  function recall() {
    var draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return;
    }
    if (!draft || draft.day !== form.dataset.today || !draft.given) return;
    form.querySelectorAll("input, select, textarea").forEach(function (input) {
      var values = draft.given[input.name];
      if (!values) return;
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.indexOf(input.value) >= 0;
      else if (input.type !== "hidden") input.value = values[0];
    });
    apply();
    current = Math.min(draft.at || 0, steps.length - 1);
  }

  /* ---- moving ---- */
  function open() {
    return steps.filter(function (step) {
      return !step.disabled;
    });
  }

  function answered(step) {
    if (step.dataset.step === "review") return true;
    var inputs = Array.from(step.querySelectorAll("input"));
    return inputs.some(function (input) {
      return input.checked && !input.hasAttribute("data-wait");
    });
  }

  /* how many questions it will be, taking the usual answers for those not given yet */
  function total() {
    var given = answers();
    given.moment = given.moment || ["day"];
    given.site = given.site || ["achilles"];
    return steps.filter(function (step) {
      return !step.dataset.when || holds(step.dataset.when, given);
    }).length;
  }

  function show(focus) {
    if (steps[current].disabled) current = steps.indexOf(open()[0]);
    var row = open();
    steps.forEach(function (step, i) {
      step.hidden = i !== current;
    });
    var step = steps[current];
    step.querySelector("[data-back]").hidden = row[0] === step;
    document.querySelectorAll("[data-first-only]").forEach(function (offer) {
      offer.hidden = row[0] !== step;
    });
    var next = step.querySelector("[data-next]");
    if (next) {
      next.hidden = false;
      var ready = answered(step);
      next.textContent = ready ? "Next" : step.hasAttribute("data-checks") ? "None of these" : "Skip";
      next.classList.toggle("button-main", ready);
      /* warning signs are read to their end: the way on stands below the last of them */
      if (!ready && ["hurts", "site", "urgent"].indexOf(step.dataset.step) >= 0) next.hidden = true;
    }
    progress.hidden = false;
    progress.textContent = "Question " + (row.indexOf(step) + 1) + (answers().hurts ? " of " + total() : "");
    if (step.dataset.step === "review") review();
    var chosen = step.querySelector(".sites input:checked");
    if (chosen) chosen.closest("details").open = true;
    if (focus) {
      step.querySelector("legend").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  function go(by, fromHistory) {
    var row = open();
    var at = row.indexOf(steps[current]) + by;
    /* what a link answered already is not asked again; the last question shows it */
    while (by > 0 && form.hasAttribute("data-fresh") && at < row.length - 1 && answered(row[at])) at += 1;
    if (at < 0 || at >= row.length) return;
    current = steps.indexOf(row[at]);
    if (!fromHistory && by > 0) history.pushState({ step: current }, "");
    keep();
    show(true);
  }

  function review() {
    var list = form.querySelector("[data-review]");
    list.textContent = "";
    open().forEach(function (step) {
      var texts = Array.from(step.querySelectorAll("input"))
        .filter(function (input) {
          var aside = input.closest("p[data-when]");
          if (aside && aside.hidden) return false;
          return (input.type === "text" || input.type === "date" ? input.value : input.checked);
        })
        .map(function (input) {
          var face = input.parentElement.querySelector(".choice-face");
          if (!face) return input.value;
          var name = face.querySelector("span") || face;
          return (name.firstChild || name).textContent.trim();
        });
      if (step.dataset.step === "review" || !texts.length) return;
      var term = document.createElement("dt");
      term.textContent = step.querySelector("legend").textContent;
      var value = document.createElement("dd");
      value.textContent = texts.join(", ");
      list.append(term, value);
    });
  }

  form.addEventListener("click", function (event) {
    if (event.target.closest("[data-next]")) {
      var none = steps[current].querySelector("[data-none]");
      if (none && !answered(steps[current])) {
        none.checked = true;
        keep();
      }
      go(1);
    }
    if (event.target.closest("[data-back]")) {
      /* the same way back as the browser's own, so that the two never disagree */
      if (history.state && typeof history.state.step === "number") history.back();
      else go(-1);
    }
    /* a thumb that chose has answered; arrow keys only look around (their clicks count 0) */
    var input = event.target;
    if ((input.type === "radio" || (input.hasAttribute("data-none") && input.checked)) && event.detail > 0) {
      var more = input.closest(".step").querySelector("p[data-when]:not([hidden])");
      if (!more && !input.hasAttribute("data-wait")) {
        setTimeout(function () {
          if (input.checked && input.closest(".step") === steps[current]) {
            apply();
            if (!steps[current].querySelector("p[data-when]:not([hidden])")) go(1);
          }
        }, 180);
      }
    }
  });

  form.addEventListener("change", function (event) {
    var step = event.target.closest("[data-checks]");
    if (step && event.target.checked) {
      var isNone = event.target.hasAttribute("data-none");
      step.querySelectorAll("input").forEach(function (input) {
        if (input !== event.target && (isNone || input.hasAttribute("data-none"))) input.checked = false;
      });
    }
    apply();
    keep();
    show(false);
  });
  form.addEventListener("input", keep);

  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("input") && steps[current].dataset.step !== "review") {
      event.preventDefault();
      if (answered(steps[current])) go(1);
    }
  });

  form.addEventListener("submit", function () {
    keep();
    form.querySelector("[data-save]").disabled = true;
  });

  window.addEventListener("pageshow", function () {
    form.querySelector("[data-save]").disabled = false;
  });

  window.addEventListener("popstate", function (event) {
    current = event.state && typeof event.state.step === "number" ? event.state.step : 0;
    apply();
    show(true);
  });

  form.classList.add("stepping");
  if (form.hasAttribute("data-fresh")) {
    /* a link that brings its own answers (the morning after) begins anew */
  } else {
    recall();
  }
  apply();
  if (form.hasAttribute("data-fresh")) {
    var row = open();
    var first = row.find(function (step) {
      return !answered(step);
    });
    current = steps.indexOf(first || row[0]);
  }
  show(false);
})();
