/* A moving figure with controls: play, half speed, side, a count of the tempo, and a session of sets with rest.
   Within data-player: a JSON script {id, sided, left, phases: [{word, seconds, shown, cut}]}, data-figure="right" with
   the inlined SVG, and the controls, each optional. `seconds` is the tempo as prescribed, `shown` as the figure's own
   animation runs; a count that is practised takes the prescribed one, also of a hold that is shown shorter.
   A page may start a session of its own: root.dispatchEvent(new CustomEvent("practise", {detail: {sets, reps, rest}})). */
(function () {
  "use strict";

  var READY_S = 5;
  var STALE_MS = 12 * 3600 * 1000; /* a session left so long ago is over */
  var OPTIONS = "niggle-player";

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
      /* then it is forgotten with the page */
    }
  }

  document.querySelectorAll("[data-player]").forEach(start);

  function start(root) {
    var given = JSON.parse(root.querySelector("script").textContent);
    var still = matchMedia("(prefers-reduced-motion: reduce)");
    var stage = find("stage");
    var side = "right";
    var running = false;
    var half = false;
    var at = 0; /* seconds into the cycle, on the clock of `lengths` */
    var last = 0;
    var inView = true;
    var session = null;
    var wake = null;
    var sound = null;
    var key = "niggle-practise-" + given.id;

    function find(name) {
      return root.querySelector("[data-" + name + "]");
    }
    function say(text) {
      find("live").textContent = text;
    }
    function svg() {
      return stage.querySelector('[data-figure="' + side + '"] svg');
    }

    /* ---- the clock of the cycle ---- */
    function lengths() {
      return given.phases.map(function (p) {
        return session && !p.cut ? p.seconds : p.shown;
      });
    }
    function moment() {
      var all = lengths();
      var begun = 0;
      var shown = 0;
      for (var i = 0; i < all.length; i += 1) {
        if (at < begun + all[i] || i === all.length - 1) {
          var part = all[i] ? Math.min(1, (at - begun) / all[i]) : 1;
          return { index: i, phase: given.phases[i], part: part, shown: shown + part * given.phases[i].shown };
        }
        begun += all[i];
        shown += given.phases[i].shown;
      }
      return null;
    }
    function cycle() {
      return lengths().reduce(function (a, b) {
        return a + b;
      }, 0);
    }

    var spoken = -1;
    function draw() {
      var now = moment();
      var picture = svg();
      if (picture && (inView || session)) picture.setCurrentTime(now.shown);
      var whole = now.phase.seconds;
      find("word").textContent = now.phase.word;
      /* a second counts once it has begun; half seconds are not counted */
      var beat = now.phase.cut || whole < 1 ? "" : String(Math.min(Math.ceil(whole), Math.floor(now.part * whole) + 1));
      find("beat").textContent = beat;
      find("of").textContent = now.phase.cut || !whole ? "" : (beat ? " of " : "") + plain(whole) + " s";
      if (session && session.kind === "work" && spoken !== now.index) {
        spoken = now.index;
        signal(now.phase.word, false);
      }
    }
    function plain(seconds) {
      return String(Math.round(seconds * 10) / 10);
    }

    function frame(time) {
      if (!running && !session) return;
      var passed = Math.min(0.25, (time - last) / 1000); /* after a sleep the movement goes on, it does not jump */
      last = time;
      if (session && !session.held) step(passed);
      if (running) {
        at += passed * (half && !session ? 0.5 : 1);
        var whole = cycle();
        if (at >= whole) {
          at %= whole;
          spoken = -1;
          if (session) counted();
        }
        if (running) draw();
      }
      requestAnimationFrame(frame);
    }

    function run(on) {
      var idle = !running && !session;
      running = on;
      root.classList.toggle("is-moving", on);
      find("play").textContent = on ? "Pause" : "Play";
      if (on && idle) {
        last = performance.now();
        requestAnimationFrame(frame);
      }
    }

    function showSide(to) {
      side = to;
      stage.querySelectorAll("[data-figure]").forEach(function (box) {
        box.hidden = box.dataset.figure !== to;
      });
      var button = find("side-switch");
      if (button) button.textContent = to === "right" ? "Left side" : "Right side";
      if (svg()) {
        svg().pauseAnimations();
        draw();
      }
    }
    function turn(to) {
      if (stage.querySelector('[data-figure="' + to + '"]')) {
        showSide(to);
        return Promise.resolve();
      }
      return fetch(given.left)
        .then(function (answer) {
          if (!answer.ok) throw new Error(answer.status);
          return answer.text();
        })
        .then(function (text) {
          if (stage.querySelector('[data-figure="left"]')) return;
          var box = document.createElement("div");
          box.dataset.figure = "left";
          box.innerHTML = text;
          var drawn = box.querySelector("svg");
          drawn.querySelector("title").remove();
          /* a plan's own seconds stand below the first drawing only */
          var told = svg().querySelectorAll('g[text-anchor="middle"] > text');
          drawn.querySelectorAll('g[text-anchor="middle"] > text').forEach(function (label, i) {
            if (told[i]) label.textContent = told[i].textContent;
          });
          drawn.setAttribute("aria-label", svg().getAttribute("aria-label") + " For the left side.");
          stage.append(box);
          showSide("left");
        })
        .catch(function () {
          say("The other side cannot be shown just now.");
        });
    }

    /* ---- signals: only what she ticked ---- */
    function ticked(name) {
      var box = find("practise") && find("practise").elements[name];
      return !!box && box.checked;
    }
    function beep(high) {
      if (!sound) return;
      var tone = sound.createOscillator();
      var loud = sound.createGain();
      tone.frequency.value = high ? 880 : 587;
      loud.gain.setValueAtTime(0.15, sound.currentTime);
      loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.18);
      tone.connect(loud).connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.2);
    }
    function signal(words, high) {
      if (ticked("sound")) beep(high);
      if (ticked("buzz") && navigator.vibrate) navigator.vibrate(high ? [80, 60, 80] : 50);
      if (ticked("voice") && window.speechSynthesis) {
        speechSynthesis.cancel();
        speechSynthesis.speak(new SpeechSynthesisUtterance(words));
      }
    }
    function keepAwake(on) {
      if (on && navigator.wakeLock && document.visibilityState === "visible") {
        navigator.wakeLock.request("screen").then(
          function (lock) {
            if (wake) wake.release();
            wake = lock;
            if (!session || session.held) keepAwake(false);
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

    /* ---- a session: ready, work, rest, work ... ---- */
    function plan(asked) {
      var steps = [];
      for (var set = 1; set <= asked.sets; set += 1) {
        (given.sided ? ["right", "left"] : [""]).forEach(function (of, i) {
          if (steps.length) {
            var change = i > 0;
            var rest = change ? READY_S : asked.rest;
            steps.push({ kind: change || rest <= READY_S ? "ready" : "rest", seconds: change ? READY_S : rest, set: set, side: of });
          } else steps.push({ kind: "ready", seconds: READY_S, set: set, side: of });
          steps.push({ kind: "work", set: set, side: of });
        });
      }
      return steps;
    }
    function save() {
      if (!session) return;
      remember(key, { asked: session.asked, index: session.index, done: session.done, until: session.until, at: Date.now() });
    }
    function title(now) {
      var set = "Set " + now.set + " of " + session.asked.sets + (now.side ? ", " + now.side + " side" : "");
      if (now.kind === "work") return set;
      return (now.kind === "rest" ? "Rest. Next: s" : "Get ready: s") + set.slice(1);
    }
    function begin(asked, from) {
      var first = !session && !running;
      session = { asked: asked, steps: plan(asked), index: 0, done: 0, held: false, kind: "", until: null };
      if (ticked("sound") && !sound && window.AudioContext) sound = new AudioContext();
      ["controls", "practise"].forEach(function (name) {
        if (find(name)) find(name).hidden = true;
      });
      find("session").hidden = false;
      if (first) {
        last = performance.now();
        requestAnimationFrame(frame);
      }
      keepAwake(true);
      enter(from ? from.index : 0, from ? from.done : 0, from ? from.until : null);
      root.classList.add("is-session");
      find("hold").focus({ preventScroll: true });
      root.scrollIntoView({ block: "start" });
    }
    function enter(index, done, until) {
      if (index >= session.steps.length) {
        end(true);
        return;
      }
      var now = session.steps[index];
      session.index = index;
      session.done = done;
      session.kind = now.kind;
      session.until = now.kind === "work" ? null : until || Date.now() + now.seconds * 1000;
      session.shown = null;
      at = 0;
      spoken = -1;
      run(now.kind === "work" && !session.held);
      if (now.side && now.side !== side) turn(now.side);
      find("step").textContent = title(now);
      say(title(now));
      if (now.kind !== "work") signal(title(now), true);
      big();
      draw();
      save();
    }
    function big() {
      var text =
        session.kind === "work"
          ? session.done + 1 + " / " + session.asked.reps
          : Math.max(0, Math.ceil((session.until - Date.now()) / 1000)) + " s";
      if (text === session.shown) return;
      session.shown = text;
      find("big").textContent = text;
      if (session.kind !== "work" && /^[123] s$/.test(text) && ticked("sound")) beep(false);
    }
    function step() {
      if (session.kind === "work") return;
      big();
      /* by the clock on the wall: a rest goes on while the phone is locked */
      if (Date.now() >= session.until) enter(session.index + 1, 0, null);
    }
    function counted() {
      if (session.done + 1 >= session.asked.reps) {
        enter(session.index + 1, 0, null);
        return;
      }
      session.done += 1;
      big();
      save();
    }
    function hold(on) {
      if (on && session.until) session.left = session.until - Date.now();
      if (!on && session.until && session.left !== undefined) session.until = Date.now() + session.left;
      session.held = on;
      run(!on && session.kind === "work");
      find("hold").textContent = on ? "Go on" : "Pause";
      keepAwake(!on);
      save();
    }
    function end(done) {
      session = null;
      remember(key, null);
      keepAwake(false);
      at = 0;
      run(false);
      draw();
      find("session").hidden = true;
      root.classList.remove("is-session");
      find("controls").hidden = false;
      find("practise").hidden = false;
      find("resume").hidden = true;
      say(done ? "Done. All sets are finished." : "Ended.");
      signal("Done", true);
      find("play").focus();
      root.dispatchEvent(new CustomEvent("practised", { bubbles: true, detail: { done: done } }));
    }

    /* ---- wiring ---- */
    find("controls").hidden = false;
    find("count").hidden = false;
    svg().pauseAnimations();
    draw();
    run(!still.matches);
    still.addEventListener("change", function () {
      if (still.matches && !session) run(false);
    });
    new IntersectionObserver(function (entries) {
      inView = entries[entries.length - 1].isIntersecting;
    }).observe(stage);

    find("play").addEventListener("click", function () {
      run(!running);
    });
    find("slow").addEventListener("click", function () {
      half = !half;
      find("slow").setAttribute("aria-pressed", String(half));
    });
    if (find("side-switch")) {
      find("side-switch").addEventListener("click", function () {
        var to = side === "right" ? "left" : "right";
        turn(to).then(function () {
          if (side === to) say("The " + to + " side is shown.");
        });
      });
    }

    var form = find("practise");
    if (!form) return;
    form.hidden = false;
    if (!window.speechSynthesis) form.querySelector('[data-if="voice"]').hidden = true;
    if (!navigator.vibrate) form.querySelector('[data-if="buzz"]').hidden = true;
    var before = recall(OPTIONS) || {};
    ["sound", "voice", "buzz"].forEach(function (name) {
      form.elements[name].checked = before[name] === true;
    });
    form.addEventListener("change", function () {
      remember(OPTIONS, { sound: ticked("sound"), voice: ticked("voice"), buzz: ticked("buzz") });
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      begin({ sets: +form.elements.sets.value, reps: +form.elements.reps.value, rest: +form.elements.rest.value });
    });
    root.addEventListener("practise", function (event) {
      begin(event.detail);
    });
    find("hold").addEventListener("click", function () {
      hold(!session.held);
    });
    find("skip").addEventListener("click", function () {
      if (session.held) hold(false);
      enter(session.index + 1, 0, null);
    });
    find("end").addEventListener("click", function () {
      end(false);
    });
    document.addEventListener("visibilitychange", function () {
      if (!session) return;
      if (document.visibilityState === "hidden") {
        if (session.kind === "work" && !session.held) hold(true); /* nobody counts in the dark */
        save();
      } else if (!session.held) keepAwake(true);
    });

    var left = recall(key);
    if (left && left.asked && Date.now() - left.at < STALE_MS) {
      var resume = find("resume");
      var steps = plan(left.asked);
      if (steps[left.index]) {
        resume.textContent = "Go on with set " + steps[left.index].set + " of " + left.asked.sets;
        resume.hidden = false;
        form.querySelector("details").open = true;
        resume.addEventListener("click", function () {
          begin(left.asked, left);
        });
      }
    }
  }
})();
