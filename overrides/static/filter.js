// Narrows a long list by what its entries carry (data-state, data-model …), as a server would by
// the same query. The address keeps what is chosen, so that a link leads to the narrowed list.
(function () {
  "use strict";
  document.querySelectorAll("form[data-filter]").forEach(function (form) {
    var list = document.getElementById(form.getAttribute("data-filter"));
    var items = Array.prototype.slice.call(list.querySelectorAll("li"));
    var groups = Array.prototype.slice.call(list.querySelectorAll("details"));
    var selects = Array.prototype.slice.call(form.querySelectorAll("select"));
    var clear = form.querySelector("[data-filter-clear]");
    var shown = document.querySelector("[data-filter-shown]");
    var none = document.querySelector("[data-filter-none]");
    // A server that has narrowed the list already has left entries out: choose again from all.
    var isWhole = clear.hidden;

    function chosen() {
      return selects.filter(function (select) { return select.value; });
    }

    function query() {
      var parts = chosen().map(function (select) {
        return encodeURIComponent(select.name) + "=" + encodeURIComponent(select.value);
      });
      return parts.length ? "?" + parts.join("&") : location.pathname;
    }

    function narrow() {
      var wanted = chosen();
      var count = 0;
      items.forEach(function (item) {
        var fits = wanted.every(function (select) {
          var values = (item.getAttribute("data-" + select.name) || "").split(" ");
          return values.indexOf(select.value) >= 0;
        });
        item.hidden = !fits;
        count += fits;
      });
      groups.forEach(function (group) {
        var left = group.querySelectorAll("li:not([hidden])").length;
        group.hidden = !left;
        group.open = wanted.length > 0 && (count <= 200 || groups.length === 1);
        group.querySelector("[data-filter-count]").textContent = left.toLocaleString("en-US");
      });
      shown.textContent = count.toLocaleString("en-US");
      none.hidden = count > 0;
      clear.hidden = !wanted.length;
    }

    form.addEventListener("submit", function (event) {
      if (!isWhole) return;
      event.preventDefault();
      history.replaceState(null, "", query() + (chosen().length ? "#memoranda" : ""));
      narrow();
    });
    selects.forEach(function (select) {
      select.addEventListener("change", function () {
        if (isWhole) {
          history.replaceState(null, "", query());
          narrow();
        } else {
          form.submit();
        }
      });
    });
    clear.addEventListener("click", function (event) {
      if (!isWhole) return;
      event.preventDefault();
      selects.forEach(function (select) { select.value = ""; });
      history.replaceState(null, "", location.pathname);
      narrow();
    });

    // A file server gives the whole list whatever is asked: do here what the address says.
    if (isWhole && location.search) {
      var asked = new URLSearchParams(location.search);
      selects.forEach(function (select) {
        var value = asked.get(select.name);
        if (value && select.querySelector('option[value="' + CSS.escape(value) + '"]')) {
          select.value = value;
        }
      });
      if (chosen().length) narrow();
    }
  });
})();
