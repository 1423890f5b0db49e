// Narrows a long list while one chooses or types, as a server does by the same query. The address
// keeps what is chosen, so that a link leads to the narrowed list.
//
// A form[data-filter] names the list's container. Entries are [data-entry] and carry what they can
// be chosen by (data-state, data-model …, several values with spaces between) and, where words may
// be typed, data-find (without it, their own words are searched). A select[data-sort] puts them in
// the order of their data-by-<value>; an empty value, in the order of the page. Groups are [data-group] with a [data-count]. Options with a data-word show
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
    var selects = all(form, "select:not([data-sort])");
    var sort = form.querySelector("select[data-sort]");
    var order = entries.slice();
    order.forEach(function (entry, i) { entry.place = i; });
    var places = groups.length ? groups : [list];
    var sizes = places.map(function (place) { return all(place, "[data-entry]").length; });
    var box = form.elements.q;
    var status = document.querySelector("[data-filter-status]");
    var clear = document.querySelector("[data-filter-clear]");
    var none = document.querySelector("[data-filter-none]");
    var copied = document.querySelector("[data-filter-address]");
    var opened = groups.length > 0 && groups[0].tagName === "DETAILS" && groups[0].open;
    var isWhole = !form.hasAttribute("data-filter-part");
    var bare = (document.querySelector("link[rel=canonical]") || location).href.split(/[?#]/)[0];

    function asked() {
      return {
        words: box ? fold(box.value).split(/\s+/).filter(Boolean) : [],
        chosen: selects.filter(function (select) { return select.value; }),
      };
    }

    function text(entry) {
      if (entry.found === undefined) entry.found = entry.dataset.find || fold(entry.textContent);
      return entry.found;
    }

    // Every row in its new place; the groups keep their sizes.
    function arrange() {
      var key = sort && sort.value && "data-by-" + sort.value;
      var next = order.slice();
      if (key) {
        next.sort(function (a, b) {
          var one = a.getAttribute(key) || "\uffff", other = b.getAttribute(key) || "\uffff";
          return one < other ? -1 : one > other ? 1 : a.place - b.place;
        });
      }
      if (!sort || next.every(function (entry, i) { return entry === entries[i]; })) return;
      var parents = places.map(function (place) { return place.querySelector("[data-entry]").parentNode; });
      var start = 0;
      parents.forEach(function (parent, i) {
        next.slice(start, start + sizes[i]).forEach(function (entry) { parent.appendChild(entry); });
        start += sizes[i];
      });
      entries = next;
    }

    function fits(entry, ask, without) {
      return ask.words.every(function (word) { return text(entry).indexOf(word) >= 0; }) &&
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
          group.open = groups.length === 1 || (isNarrowed && shown <= 200) ||
            (opened && !isNarrowed && group === groups[0]);
        }
      });
      selects.forEach(function (select) { count(select, ask); });
      var told = status.dataset.text.replace("{shown}", number(shown))
        .replace("{total}", status.dataset.total);
      if (status.textContent.trim() !== told) status.firstElementChild.textContent = told;
      if (none) none.hidden = shown > 0;
      clear.hidden = !isNarrowed;
    }

    function query() {
      var values = new URLSearchParams();
      if (box && box.value.trim()) values.set("q", box.value.trim());
      selects.concat(sort || []).forEach(function (select) {
        if (select.value) values.set(select.name, select.value);
      });
      return values.toString() ? "?" + values.toString() : "";
    }

    function change() {
      arrange();
      narrow();
      history.replaceState(null, "", location.pathname + query());
      if (copied) copied.textContent = bare + query();
    }

    function read() {
      var values = new URLSearchParams(location.search);
      if (box) box.value = values.get("q") || "";
      selects.concat(sort || []).forEach(function (select) {
        select.value = values.get(select.name) || "";
        if (select.selectedIndex < 0) select.value = "";
      });
      arrange();
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
    if (target && list.contains(target)) {
      var around = target.closest("details");
      if (around) around.open = true;
      target.scrollIntoView();
    }
  });
})();
