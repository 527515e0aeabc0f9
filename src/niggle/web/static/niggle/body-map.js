/* The drawn body as a way to answer "where": it ticks the boxes of the list below, which stays for everybody else.
   Within data-body-map: data-name (of the site fields) and data-side-name; checkboxes make it a choice of several. */
(function () {
  "use strict";

  var FINGER = 15; /* px around a touch: more than one place in it means that she should look closer first */
  var REACH = 22; /* px: half of a thumb's target */
  var CLOSER = 2.6;

  /* asked for when its question comes into sight, so that a page opens without it */
  document.querySelectorAll("[data-body-map]").forEach(function (map) {
    var watch = new IntersectionObserver(function (seen) {
      if (!seen.some(function (one) { return one.isIntersecting; })) return;
      watch.disconnect();
      load(map);
    });
    watch.observe(map.parentElement);
  });

  function load(map) {
    fetch(map.dataset.bodyMap)
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      })
      .then(function (text) {
        map.innerHTML = text;
        start(map);
      })
      .catch(function () {
        /* the list is there */
      });
  }

  function start(map) {
    var form = map.closest("form") || document;
    var several = !!form.querySelector('input[type="checkbox"][name="' + map.dataset.name + '"]');
    var places = Array.from(map.querySelectorAll("use[data-site]"));
    var say = map.querySelector(".bm-say");
    var whole = map.querySelector(".bm-whole");
    var chosen = {}; /* site -> side, as ticked here */
    var view = "front";
    var limb = "left";

    places.forEach(function (place) {
      place.setAttribute("role", several ? "checkbox" : "radio");
      place.setAttribute("tabindex", "-1");
      place.setAttribute("aria-label", name(place));
    });
    map.querySelectorAll("svg[data-view]").forEach(function (svg) {
      svg.setAttribute("role", several ? "group" : "radiogroup");
      svg.dataset.box = svg.getAttribute("viewBox");
      svg.querySelector("use[data-site]").setAttribute("tabindex", "0");
    });

    function side(place) {
      var given = place.closest("[data-side]").dataset.side;
      return given === "middle" ? "" : given;
    }

    function name(place) {
      return place.querySelector("title").textContent + (side(place) ? ", " + side(place) : "");
    }

    function field(kind, value) {
      return form.querySelector('input[name="' + map.dataset[kind] + '"][value="' + value + '"]');
    }

    /* ---- what the form says is what is shown ---- */
    function paint() {
      var picked = form.querySelector('input[name="' + map.dataset.sideName + '"]:checked');
      var words = [];
      places.forEach(function (place) {
        var input = field("name", place.dataset.site);
        var own = side(place);
        var at = several ? chosen[place.dataset.site] : picked && picked.value;
        var on = !!input && input.checked && (!own || !at || at === "both" || at === own);
        place.setAttribute("aria-checked", on ? "true" : "false");
        if (on && words.indexOf(name(place)) < 0) words.push(name(place));
      });
      say.textContent = words.length ? words.join(" · ") : "Tap where it hurts, or choose from the list below.";
    }

    function choose(place) {
      var input = field("name", place.dataset.site);
      if (!input) return;
      var own = side(place);
      if (several) {
        var had = input.checked && chosen[place.dataset.site];
        if (had === own || (input.checked && !own)) input.checked = false;
        else if (had && had !== "both") chosen[place.dataset.site] = "both";
        else if (had === "both") chosen[place.dataset.site] = own === "left" ? "right" : "left";
        else {
          input.checked = true;
          chosen[place.dataset.site] = own;
        }
        if (!input.checked) delete chosen[place.dataset.site];
      } else {
        input.checked = true;
        var sides = form.querySelectorAll('input[name="' + map.dataset.sideName + '"]');
        sides.forEach(function (other) {
          other.checked = other.value === own;
        });
      }
      input.dispatchEvent(new Event("change", { bubbles: true }));
      paint();
    }

    /* ---- touch and mouse: the place under the finger, or the nearest within a thumb ---- */
    function at(svg, x, y) {
      var hit = document.elementFromPoint(x, y);
      hit = hit && hit.closest && hit.closest("use[data-site]");
      return hit && svg.contains(hit) ? hit : null;
    }

    function around(svg, x, y, far) {
      var found = [];
      for (var i = 0; i < 12; i += 1) {
        var hit = at(svg, x + far * Math.cos((i * Math.PI) / 6), y + far * Math.sin((i * Math.PI) / 6));
        if (hit && found.indexOf(hit) < 0) found.push(hit);
      }
      return found;
    }

    function nearest(svg, x, y) {
      var hit = at(svg, x, y);
      for (var far = 4; !hit && far <= REACH; far += 4) hit = around(svg, x, y, far)[0];
      return hit;
    }

    function closer(svg, x, y) {
      var point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
      var box = svg.dataset.box.split(" ").map(Number);
      var wide = box[2] / CLOSER;
      var tall = box[3] / CLOSER;
      var left = Math.min(Math.max(point.x - wide / 2, box[0]), box[0] + box[2] - wide);
      var top = Math.min(Math.max(point.y - tall / 2, box[1]), box[1] + box[3] - tall);
      svg.setAttribute("viewBox", [left, top, wide, tall].join(" "));
      svg.classList.add("bm-near");
      whole.hidden = false;
      say.textContent = "Now tap the place itself.";
    }

    function back() {
      map.querySelectorAll(".bm-near").forEach(function (svg) {
        svg.setAttribute("viewBox", svg.dataset.box);
        svg.classList.remove("bm-near");
      });
      whole.hidden = true;
    }

    map.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) {
        if (button.dataset.show) view = button.dataset.show;
        if (button.dataset.limb) limb = button.dataset.limb;
        back();
        show();
        return;
      }
      var svg = event.target.closest("svg[data-view]");
      if (!svg) return;
      var place = event.clientX || event.clientY ? nearest(svg, event.clientX, event.clientY) : event.target.closest("use");
      if (!place) return;
      var crowd = event.pointerType === "touch" && around(svg, event.clientX, event.clientY, FINGER);
      if (crowd && !svg.classList.contains("bm-near") && crowd.concat(place).some(function (p) { return p !== place; })) {
        closer(svg, event.clientX, event.clientY);
        return;
      }
      choose(place);
    });

    /* ---- keys: one stop a picture, arrows go from place to place ---- */
    map.addEventListener("keydown", function (event) {
      var place = event.target.closest("use[data-site]");
      if (!place) return;
      var row = Array.from(place.closest("svg").querySelectorAll("use[data-site]"));
      var here = row.indexOf(place);
      var by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      var to = by ? (here + by + row.length) % row.length : { Home: 0, End: row.length - 1 }[event.key];
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        event.stopPropagation();
        choose(place);
      } else if (to !== undefined) {
        event.preventDefault();
        place.setAttribute("tabindex", "-1");
        row[to].setAttribute("tabindex", "0");
        row[to].focus();
        say.textContent = name(row[to]);
      }
    });

    function show() {
      var figures = Array.from(map.querySelectorAll("figure[data-picture]"));
      figures.forEach(function (figure) {
        figure.hidden = figure.dataset.picture !== view || (figure.dataset.of !== "" && figure.dataset.of !== limb);
      });
      var limbs = map.querySelector(".bm-limbs");
      limbs.hidden = !figures.some(function (figure) {
        return figure.dataset.picture === view && figure.dataset.of;
      });
      map.querySelectorAll("[data-show]").forEach(function (button) {
        button.setAttribute("aria-pressed", button.dataset.show === view ? "true" : "false");
      });
      map.querySelectorAll("[data-limb]").forEach(function (button) {
        button.setAttribute("aria-pressed", button.dataset.limb === limb ? "true" : "false");
      });
    }

    document.addEventListener("change", paint);
    show();
    paint();
    map.hidden = false;
  }
})();
