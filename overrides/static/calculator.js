// The calculator on the money page: multiplies what the reader enters by the announced rates.
(function () {
  "use strict";
  var form = document.querySelector("[data-calculator]");
  if (!form) return;
  var outputs = document.querySelectorAll("output[data-basis]");
  var empty = {};
  outputs.forEach(function (output, i) {
    if (output.getAttribute("data-basis") !== "officers") empty[i] = output.textContent;
  });

  function entered(name) {
    var value = parseInt(form.elements[name].value, 10);
    return value >= 0 ? value : null;
  }

  function update() {
    var officers = entered("officers");
    var salary = entered("salary");
    var benefits = entered("benefits");
    outputs.forEach(function (output, i) {
      var basis = output.getAttribute("data-basis");
      var base = basis === "officers" ? 1 : basis === "salary" ? salary
        : salary === null ? null : salary + (benefits || 0);
      if (officers === null || base === null) {
        output.textContent = empty[i] || "–";
        return;
      }
      var amount = Math.round(officers * base * parseFloat(output.getAttribute("data-factor")));
      output.textContent = "$" + amount.toLocaleString("en-US");
    });
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  update();
})();
