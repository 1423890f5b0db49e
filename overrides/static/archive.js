// What needs a script: key "/", the palette, copying, folds on a telephone. All works without it.
(function () {
  "use strict";
  var root = document.documentElement;

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    var at = document.activeElement;
    if (at && (/^(input|textarea|select)$/i.test(at.tagName) || at.isContentEditable)) return;
    var box = document.querySelector("[data-main-search]") || document.getElementById("a-q");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  var button = document.querySelector(".a-theme");
  function isDark() {
    var chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function label() {
    button.setAttribute("aria-label", button.getAttribute(isDark() ? "data-light" : "data-dark"));
  }
  if (button) {
    button.hidden = false;
    label();
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      try { localStorage.setItem("archive-theme", next); } catch (error) { /* not kept */ }
      label();
    });
  }

  // The age of the newest list, in the reader's own time; without a script its date stands.
  document.querySelectorAll("time[data-age]").forEach(function (time) {
    var days = Math.floor((Date.now() - Date.parse(time.getAttribute("datetime"))) / 864e5);
    if (!(days >= 0)) return;
    var words = days < 1 ? "today" : days < 2 ? "1 day ago" : days < 61 ? days + " days ago"
      : "about " + Math.round(days / 30.44) + " months ago";
    var said = document.createElement("span");
    said.className = "a-nowrap";
    said.textContent = " (" + words + ")";
    (time.closest("a") || time).after(said);
  });

  document.querySelectorAll("[data-copy]").forEach(function (control) {
    if (!navigator.clipboard) return;
    control.hidden = false;
    control.addEventListener("click", function () {
      var from = document.getElementById(control.getAttribute("data-copy"));
      navigator.clipboard.writeText(from.value || from.textContent.trim()).then(function () {
        var before = control.textContent;
        control.textContent = control.getAttribute("data-done");
        setTimeout(function () { control.textContent = before; }, 1500);
      });
    });
  });

  if (matchMedia("(max-width: 60rem)").matches) {
    document.querySelectorAll("details[data-fold-small], .a-side__fold").forEach(function (fold) {
      fold.removeAttribute("open");
    });
  }

  // Where in the main navigation this page stands, decided by its address.
  var here = location.pathname;
  var rooms = { documents: ["deviations", "templates", "disagreements", "excerpts", "topics"] };
  document.querySelectorAll(".a-nav a").forEach(function (link) {
    var path = new URL(link.href).pathname;
    var own = path.split("/").slice(-2)[0];
    var isHere = [own].concat(rooms[own] || []).some(function (room) {
      return here.indexOf(path.slice(0, -own.length - 1) + room + "/") === 0;
    });
    if (isHere) link.setAttribute("aria-current", "true");
  });

  // Areas that scroll inside themselves must be reachable by keyboard.
  document.querySelectorAll(".a-scroll").forEach(function (area) {
    if (area.scrollWidth > area.clientWidth) area.setAttribute("tabindex", "0");
  });
})();
