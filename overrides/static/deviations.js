// The list of differences: filters it while one types, and keeps the address that shows it so.
// Without script the same form asks the server; every difference is on the page either way.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) return;
  var items = Array.prototype.slice.call(document.querySelectorAll("li[data-find]"));
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));
  var count = document.getElementById("filter-count");
  var reset = document.getElementById("filter-reset");
  var copied = document.getElementById("filter-address");
  var bare = (document.querySelector("link[rel=canonical]") || location).href.split(/[?#]/)[0];

  // As the server folds: lower case without diacritics.
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
  }
  function asked() {
    var chosen = {};
    selects.forEach(function (select) { if (select.value) chosen[select.name] = select.value; });
    return { words: fold(form.elements.q.value).split(/\s+/).filter(Boolean), chosen: chosen };
  }
  function matches(item, ask, without) {
    return ask.words.every(function (word) { return item.dataset.find.indexOf(word) >= 0; }) &&
      Object.keys(ask.chosen).every(function (name) {
        return name === without || item.dataset[name] === ask.chosen[name];
      });
  }
  function show() {
    var ask = asked();
    var shown = 0;
    items.forEach(function (item) {
      item.hidden = !matches(item, ask);
      if (!item.hidden) shown += 1;
    });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      var here = group.querySelectorAll("li[data-find]:not([hidden])").length;
      group.querySelector("[data-count]").textContent = here.toLocaleString("en");
      group.querySelector("[data-none]").hidden = here > 0;
      group.hidden = here === 0 && (ask.words.length > 0 || Object.keys(ask.chosen).length > 0);
    });
    selects.forEach(function (select) {
      var counts = {};
      items.forEach(function (item) {
        if (!matches(item, ask, select.name)) return;
        var value = item.dataset[select.name];
        counts[value] = (counts[value] || 0) + 1;
      });
      Array.prototype.forEach.call(select.options, function (option) {
        if (option.value) option.textContent = option.dataset.word + " (" + (counts[option.value] || 0) + ")";
      });
    });
    var text = count.dataset.text.replace("{shown}", shown.toLocaleString("en"))
      .replace("{total}", items.length.toLocaleString("en"));
    if (count.textContent.trim() !== text) count.firstElementChild.textContent = text;
    return ask;
  }
  function address() {
    var values = new URLSearchParams();
    var q = form.elements.q.value.trim();
    if (q) values.set("q", q);
    selects.forEach(function (select) { if (select.value) values.set(select.name, select.value); });
    var query = values.toString();
    reset.hidden = !query;
    copied.textContent = bare + (query ? "?" + query : "");
    return location.pathname + (query ? "?" + query : "");
  }
  function change() {
    show();
    history.replaceState(null, "", address());
  }
  function read() {
    var values = new URLSearchParams(location.search);
    form.elements.q.value = values.get("q") || "";
    selects.forEach(function (select) {
      select.value = values.get(select.name) || "";
      if (select.selectedIndex < 0) select.value = "";
    });
    show();
    address();
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); change(); });
  form.addEventListener("input", change);
  reset.addEventListener("click", function (event) {
    event.preventDefault();
    form.elements.q.value = "";
    selects.forEach(function (select) { select.value = ""; });
    change();
    form.elements.q.focus();
  });
  window.addEventListener("popstate", read);
  form.querySelector("button[type=submit]").hidden = true;
  read();
  if (location.hash) {
    var target = document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  }
})();
