// Narrows a long list while one chooses or types, as a server does by the same query. The address
// keeps what is chosen, so that a link leads to the narrowed list.
//
// A form[data-filter] names the list's container. Entries are [data-entry] and carry what they can
// be chosen by (data-state, data-model …, several values with spaces between) and, where words may
// be typed, data-find. Groups are [data-group] with a [data-count]. Options with a data-word show
// how many entries each would leave. A form with data-filter-part has been narrowed by a server
// that left entries out: there the server is asked again.
(function () {
  "use strict";
  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function number(value) { return value.toLocaleString("en-US"); }
  // As the server folds: lower case without diacritics.
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
  }

  all(document, "form[data-filter]").forEach(function (form) {
    var list = document.getElementById(form.getAttribute("data-filter"));
    var entries = all(list, "[data-entry]");
    var groups = all(list, "[data-group]");
    var selects = all(form, "select");
    var box = form.elements.q;
    var status = document.querySelector("[data-filter-status]");
    var clear = document.querySelector("[data-filter-clear]");
    var none = document.querySelector("[data-filter-none]");
    var copied = document.querySelector("[data-filter-address]");
    var isWhole = !form.hasAttribute("data-filter-part");
    var bare = (document.querySelector("link[rel=canonical]") || location).href.split(/[?#]/)[0];

    function asked() {
      return {
        words: box ? fold(box.value).split(/\s+/).filter(Boolean) : [],
        chosen: selects.filter(function (select) { return select.value; }),
      };
    }

    function fits(entry, ask, without) {
      return ask.words.every(function (word) { return entry.dataset.find.indexOf(word) >= 0; }) &&
        ask.chosen.every(function (select) {
          return select === without ||
            (entry.dataset[select.name] || "").split(" ").indexOf(select.value) >= 0;
        });
    }

    function count(select, ask) {
      var counts = {};
      entries.forEach(function (entry) {
        if (!fits(entry, ask, select)) return;
        (entry.dataset[select.name] || "").split(" ").forEach(function (value) {
          counts[value] = (counts[value] || 0) + 1;
        });
      });
      all(select, "option[data-word]").forEach(function (option) {
        option.textContent = option.dataset.word + " (" + number(counts[option.value] || 0) + ")";
      });
    }

    function narrow() {
      var ask = asked();
      var isNarrowed = ask.words.length + ask.chosen.length > 0;
      var shown = 0;
      entries.forEach(function (entry) {
        entry.hidden = !fits(entry, ask);
        shown += !entry.hidden;
      });
      groups.forEach(function (group) {
        var left = all(group, "[data-entry]:not([hidden])").length;
        var empty = group.querySelector("[data-none]");
        group.querySelector("[data-count]").textContent = number(left);
        if (empty) empty.hidden = left > 0;
        group.hidden = !left && (isNarrowed || !empty);
        if (group.tagName === "DETAILS") {
          group.open = groups.length === 1 || (isNarrowed && shown <= 200);
        }
      });
      selects.forEach(function (select) { count(select, ask); });
      var text = status.dataset.text.replace("{shown}", number(shown))
        .replace("{total}", status.dataset.total);
      if (status.textContent.trim() !== text) status.firstElementChild.textContent = text;
      if (none) none.hidden = shown > 0;
      clear.hidden = !isNarrowed;
    }

    function query() {
      var values = new URLSearchParams();
      if (box && box.value.trim()) values.set("q", box.value.trim());
      selects.forEach(function (select) { if (select.value) values.set(select.name, select.value); });
      return values.toString() ? "?" + values.toString() : "";
    }

    function change() {
      narrow();
      history.replaceState(null, "", location.pathname + query());
      if (copied) copied.textContent = bare + query();
    }

    function read() {
      var values = new URLSearchParams(location.search);
      if (box) box.value = values.get("q") || "";
      selects.forEach(function (select) {
        select.value = values.get(select.name) || "";
        if (select.selectedIndex < 0) select.value = "";
      });
      narrow();
      if (copied) copied.textContent = bare + query();
    }

    if (!isWhole) {
      form.addEventListener("change", function () { form.submit(); });
      return;
    }
    form.addEventListener("submit", function (event) { event.preventDefault(); change(); });
    form.addEventListener("input", change);
    clear.addEventListener("click", function (event) {
      event.preventDefault();
      if (box) box.value = "";
      selects.forEach(function (select) { select.value = ""; });
      change();
      (box || selects[0]).focus();
    });
    window.addEventListener("popstate", read);
    form.querySelector("button[type=submit]").hidden = true;
    // A file server gives the whole list whatever is asked: do here what the address says.
    read();
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && list.contains(target)) target.scrollIntoView();
  });
})();
