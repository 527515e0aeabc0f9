/* A session's page: ticks are saved at once and kept in this browser until the server has them; stretches have a clock
   that goes on while the phone is locked. Without this script the buttons of the form do the same, one page at a time. */
(function () {
  "use strict";

  var STALE_MS = 12 * 3600 * 1000; /* a timer left so long ago is over */

  function recall(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function remember(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch (error) {
      /* private windows may refuse; the form still works */
    }
  }

  document.querySelectorAll("form[data-sets]").forEach(ticks);
  document.querySelectorAll("[data-timer]").forEach(timer);

  /* ---- sets: saved as they are ticked ---- */
  function ticks(form) {
    var key = "niggle:sets:" + form.dataset.sets;
    var state = form.querySelector("[data-state]");
    var sending = false;
    var again = false;
    var sent = false;

    function answers() {
      var data = new FormData(form);
      return { id: form.elements.id.value, set: data.getAll("set"), pain: data.get("pain"), easy: data.get("easy") };
    }

    function fill(given) {
      form.elements.id.value = given.id;
      form.querySelectorAll('input[name="set"]').forEach(function (box) {
        box.checked = given.set.indexOf(box.value) >= 0;
      });
      ["pain", "easy"].forEach(function (name) {
        form.querySelectorAll('input[name="' + name + '"]').forEach(function (radio) {
          radio.checked = radio.value === given[name];
        });
      });
    }

    function tickAll() {
      form.querySelectorAll('input[name="set"]').forEach(function (box) {
        box.checked = true;
      });
    }

    function touched() {
      return Array.from(form.querySelectorAll("input")).some(function (input) {
        return input.checked !== input.defaultChecked;
      });
    }

    function warn() {
      var pain = new FormData(form).get("pain");
      form.querySelector("[data-too-much]").hidden = pain === null || Number(pain) <= Number(form.dataset.limit);
    }

    function send() {
      if (sending) {
        again = true;
        return;
      }
      sending = true;
      var body = new FormData(form);
      body.set("do", "keep");
      fetch(form.action || location.href, { method: "POST", body: body, keepalive: true })
        .then(function (answer) {
          if (!answer.ok) throw new Error(answer.status);
          if (!again) remember(key, null);
          state.textContent = "Saved.";
        })
        .catch(function () {
          state.textContent = "Kept on this device. It is saved as soon as niggle can be reached.";
        })
        .then(function () {
          sending = false;
          if (again) {
            again = false;
            send();
          }
        });
    }

    var draft = recall(key);
    if (draft && draft.set) {
      fill(draft);
      send();
    } else if (touched()) {
      /* ticked before this script had come */
      remember(key, answers());
      send();
    }
    warn();
    form.addEventListener("change", function () {
      if (sent) return;
      remember(key, answers());
      warn();
      send();
    });
    form.addEventListener("submit", function (event) {
      sent = true;
      if (event.submitter && event.submitter.value === "skip") {
        remember(key, null);
        return;
      }
      /* kept although it is on its way: sent twice it is the same row, and a dead network loses nothing */
      if (!form.querySelector('input[name="set"]:checked')) tickAll();
      remember(key, answers());
    });
    window.addEventListener("pageshow", function () {
      sent = false;
    });
    window.addEventListener("online", function () {
      if (recall(key)) send();
    });
    /* the count went through all sets: they are done */
    document.addEventListener("practised", function (event) {
      if (!event.detail.done) return;
      tickAll();
      form.dispatchEvent(new Event("change"));
    });
  }

  /* ---- a clock over stretches ---- */
  function timer(root) {
    var steps = JSON.parse(root.querySelector("script").textContent);
    var key = "niggle:timer:" + root.dataset.timer;
    var at = -1;
    var until = 0; /* by the clock on the wall; 0 while paused or where a distance counts */
    var left = 0;
    var beat = null;
    var wake = null;
    var sound = null;

    function find(name) {
      return root.querySelector("[data-" + name + "]");
    }

    function text(seconds) {
      var whole = Math.max(0, Math.ceil(seconds));
      return Math.floor(whole / 60) + ":" + ("0" + (whole % 60)).slice(-2);
    }

    function total() {
      return steps.reduce(function (sum, step) {
        return sum + (step.seconds || 0);
      }, 0);
    }

    function signal() {
      if (find("buzz").checked && navigator.vibrate) navigator.vibrate([120, 80, 120]);
      if (!find("sound").checked || !window.AudioContext) return;
      sound = sound || new AudioContext();
      var tone = sound.createOscillator();
      var loud = sound.createGain();
      tone.frequency.value = 784;
      loud.gain.setValueAtTime(0.2, sound.currentTime);
      loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.4);
      tone.connect(loud).connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.45);
    }

    function awake(on) {
      if (on && navigator.wakeLock && document.visibilityState === "visible") {
        navigator.wakeLock.request("screen").then(
          function (lock) {
            wake = lock;
          },
          function () {
            /* low battery, or not allowed here */
          }
        );
      } else if (!on && wake) {
        wake.release();
        wake = null;
      }
    }

    function draw() {
      var step = steps[at];
      var rest = until ? (until - Date.now()) / 1000 : left;
      find("step").textContent = step.say;
      find("big").textContent = step.seconds ? text(rest) : "–";
      find("next").textContent = steps[at + 1] ? "Then: " + steps[at + 1].say : "The last stretch";
      var gone = steps.slice(0, at).reduce(function (sum, one) {
        return sum + (one.seconds || 0);
      }, 0);
      find("share").value = (100 * (gone + (step.seconds ? step.seconds - rest : 0))) / (total() || 1);
    }

    function keep() {
      remember(key, at < 0 ? null : { at: at, until: until, left: left, on: Date.now() });
    }

    function enter(index, from) {
      if (index >= steps.length) {
        end(true);
        return;
      }
      at = index;
      left = steps[at].seconds || 0;
      until = left ? (from || Date.now()) + left * 1000 : 0;
      find("live").textContent = steps[at].say;
      signal();
      keep();
      draw();
    }

    function tick() {
      /* after a locked phone several stretches may be over */
      while (at >= 0 && until && Date.now() >= until) enter(at + 1, until);
      if (at >= 0) draw();
    }

    function run(on) {
      clearInterval(beat);
      beat = on ? setInterval(tick, 250) : null;
      find("go").textContent = on ? "Pause" : at < 0 ? "Start the timer" : "Go on";
      find("skip").hidden = at < 0;
      find("end").hidden = at < 0;
      awake(on);
    }

    function pause() {
      if (until) left = Math.max(0, (until - Date.now()) / 1000);
      until = 0;
      keep();
      run(false);
    }

    function end(done) {
      at = -1;
      until = 0;
      remember(key, null);
      find("step").textContent = done ? "Done" : "Ready";
      find("big").textContent = "";
      find("next").textContent = "";
      find("share").value = done ? 100 : 0;
      find("live").textContent = done ? "Done" : "Ended";
      run(false);
      if (done) {
        signal();
        root.dispatchEvent(new CustomEvent("practised", { bubbles: true, detail: { done: true } }));
      }
    }

    root.hidden = false;
    if (!navigator.vibrate) find("buzz").closest("label").hidden = true;
    find("go").addEventListener("click", function () {
      if (at < 0) {
        enter(0);
        if (at >= 0) run(true);
      } else if (beat) pause();
      else {
        if (steps[at].seconds) until = Date.now() + left * 1000;
        keep();
        run(true);
      }
    });
    find("skip").addEventListener("click", function () {
      enter(at + 1);
      if (at >= 0) run(true);
    });
    find("end").addEventListener("click", function () {
      end(false);
    });
    document.addEventListener("visibilitychange", function () {
      if (beat && document.visibilityState === "visible") {
        awake(true);
        tick();
      }
    });

    var before = recall(key);
    if (before && before.at < steps.length && Date.now() - before.on < STALE_MS) {
      at = before.at;
      left = before.left;
      until = before.until;
      tick();
      if (at >= 0) run(!!until);
    }
  }
})();
