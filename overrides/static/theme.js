// Runs before the page is painted, so that a chosen palette does not flash.
(function () {
  var root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");
  try {
    var chosen = localStorage.getItem("archive-theme");
    if (chosen === "dark" || chosen === "light") root.setAttribute("data-theme", chosen);
  } catch (error) { /* storage is off: the system's preference holds */ }
})();
