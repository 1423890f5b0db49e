// The page viewer: marks on the picture what is marked in the text, zoom, arrow keys between pages.
(function () {
  "use strict";
  var figure = document.querySelector(".a-picture");

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    var at = document.activeElement;
    if (at && (/^(input|textarea|select)$/i.test(at.tagName) || at.isContentEditable)) return;
    if (at && at.classList.contains("a-picture__frame") && at.scrollWidth > at.clientWidth) return;
    var way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    var link = way && document.querySelector('.a-pager a[rel="' + way + '"]');
    if (link) location.assign(link.href);
  });
  if (!figure) return;

  var sheet = figure.querySelector(".a-picture__sheet");
  var sizes = ["a-zoom-0", "a-zoom-1", "a-zoom-2", "a-zoom-3"];
  var size = 0;
  function zoom(next) {
    sheet.classList.remove(sizes[size]);
    size = Math.max(0, Math.min(sizes.length - 1, next));
    sheet.classList.add(sizes[size]);
  }
  figure.querySelector(".a-picture__tools").hidden = false;
  figure.querySelectorAll("[data-zoom]").forEach(function (button) {
    button.addEventListener("click", function () {
      var way = button.getAttribute("data-zoom");
      zoom(way === "fit" ? 0 : size + (way === "in" ? 1 : -1));
    });
  });

  // The picture's words stand in the order of the text: the nth word here is the nth word there.
  var text = document.getElementById("text");
  var address = figure.getAttribute("data-words");
  if (!text || !address || !text.querySelector("mark")) return;
  fetch(address).then(function (answer) {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }).then(function (page) {
    var boxes = [];
    page.words.forEach(function (word) {
      word[0].split(/\s+/).forEach(function () { boxes.push(word); });
    });
    var svg = figure.querySelector(".a-picture__marks");
    var drawn = svg.querySelector(".a-mark-excerpt") !== null;
    var count = 0;
    var inWord = false;
    var walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    var excerptRanges = [];
    var foundRanges = [];
    while (walker.nextNode()) {
      var node = walker.currentNode;
      var mark = node.parentElement.closest("mark:not(.a-excerpt)");
      var excerpt = node.parentElement.closest("mark.a-excerpt");
      for (var index = 0; index < node.data.length; index += 1) {
        var isSpace = /\s/.test(node.data[index]);
        if (!isSpace && !inWord) count += 1;
        inWord = !isSpace;
        if (!isSpace) {
          if (excerpt && !drawn) excerptRanges.push([count - 1, "a-mark-excerpt"]);
          if (mark) foundRanges.push([count - 1, "a-mark-found"]);
        }
      }
    }
    var ranges = excerptRanges.concat(foundRanges);
    // Neighbours on one line are one mark.
    var rects = [];
    var before = null;
    ranges.forEach(function (range) {
      var word = boxes[range[0]];
      if (!word) return;
      var last = before && before.kind === range[1] ? before : null;
      if (last && last.word === range[0]) return;
      var isNext = last && range[0] === last.word + 1 && Math.abs(word[2] - last.y0) < 6 && word[1] > last.x0;
      if (isNext) {
        last.word = range[0];
        last.x1 = Math.max(last.x1, word[3]);
        last.y0 = Math.min(last.y0, word[2]);
        last.y1 = Math.max(last.y1, word[4]);
        return;
      }
      before = { kind: range[1], word: range[0], x0: word[1], y0: word[2], x1: word[3], y1: word[4] };
      rects.push(before);
    });
    rects.forEach(function (box) {
      var rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.setAttribute("class", box.kind);
      rect.setAttribute("x", box.x0 - 1);
      rect.setAttribute("y", box.y0 - 1);
      rect.setAttribute("width", box.x1 - box.x0 + 2);
      rect.setAttribute("height", box.y1 - box.y0 + 2);
      svg.appendChild(rect);
    });
  }).catch(function () { /* the marks in the text remain */ });
})();
