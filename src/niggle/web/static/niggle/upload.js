/* Shows how far the upload is: gigabytes take a while even on one's own machine. Without it the form sends as any form. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-upload]");
  if (!form) {
    return;
  }
  var box = form.querySelector("[data-upload-progress]");
  var bar = box.querySelector("progress");
  var text = box.querySelector("[data-upload-text]");
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", function (sent) {
      if (!sent.lengthComputable) return;
      var share = Math.round((100 * sent.loaded) / sent.total);
      bar.value = share;
      text.textContent = share < 100 ? "Sending, " + share + " %" : "Sent. Starting the import.";
    });
    request.addEventListener("load", function () {
      if (request.status < 400) {
        window.location.assign(request.responseURL || form.action);
      } else {
        failed("The files were not taken (" + request.status + "). Try again, or import them on the command line.");
      }
    });
    request.addEventListener("error", function () {
      failed("The connection broke off. Nothing was imported. Try again.");
    });
    function failed(why) {
      text.textContent = why;
      bar.hidden = true;
      form.querySelector("button").disabled = false;
    }
    box.hidden = false;
    bar.hidden = false;
    form.querySelector("button").disabled = true;
    request.send(new FormData(form));
  });
})();
