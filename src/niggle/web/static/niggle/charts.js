/* Draws every figure.chart from the specification beside it. Colours come from the page's own tokens, so that a change
   of theme needs no other specification; expressions are interpreted (ast), which keeps to the page's policy. */
(function () {
  "use strict";

  function colours() {
    var probe = document.createElement("span");
    probe.hidden = true;
    document.body.appendChild(probe);
    return {
      of: function (token) {
        probe.style.color = "var(--" + token + ")";
        return getComputedStyle(probe).color;
      },
      done: function () {
        probe.remove();
      },
    };
  }

  function painted(value, palette) {
    if (typeof value === "string") {
      return value.length > 1 && value[0] === "$" ? palette.of(value.slice(1)) : value;
    }
    if (Array.isArray(value)) {
      return value.map(function (item) {
        return painted(item, palette);
      });
    }
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        copy[key] = key === "values" || key === "$schema" ? value[key] : painted(value[key], palette);
      });
      return copy;
    }
    return value;
  }

  var drawn = new Map();

  function draw(figure) {
    var place = figure.querySelector(".chart-ink");
    var spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    var palette = colours();
    var finished = painted(spec, palette);
    palette.done();
    if (drawn.has(figure)) drawn.get(figure).finalize();
    window
      .niggleEmbed(place, finished, {
        ast: true,
        actions: false,
        renderer: "svg",
        defaultStyle: false,
        tooltip: false,
      })
      .then(
        function (result) {
          drawn.set(figure, result);
          // the table beneath says the same in words; the drawing itself need not be read out mark by mark
          place.querySelectorAll("svg").forEach(function (svg) {
            svg.setAttribute("aria-hidden", "true");
            svg.setAttribute("focusable", "false");
          });
          figure.dataset.drawn = "yes";
        },
        function () {
          figure.querySelector("details").open = true;
          figure.dataset.drawn = "no";
        }
      );
  }

  var eye = new IntersectionObserver(
    function (seen) {
      seen.forEach(function (entry) {
        if (entry.isIntersecting) {
          eye.unobserve(entry.target);
          draw(entry.target);
        }
      });
    },
    { rootMargin: "300px" }
  );

  document.querySelectorAll("figure.chart").forEach(function (figure) {
    eye.observe(figure);
  });

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
    drawn.forEach(function (_, figure) {
      draw(figure);
    });
  });
})();
