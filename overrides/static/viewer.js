// The page viewer: marks on the picture what is marked in the text, zoom, keys between pages.
(function () {
  "use strict";
  var figure = document.querySelector(".a-picture");
  var frame = figure && figure.querySelector(".a-picture__frame");
  var sheet = figure && figure.querySelector(".a-picture__sheet");
  var sizes = ["a-zoom-0", "a-zoom-1", "a-zoom-2", "a-zoom-3"];
  var size = 0;

  // The point in the middle of what is seen stays in the middle.
  function zoom(next) {
    var across = (frame.scrollLeft + frame.clientWidth / 2) / sheet.offsetWidth;
    var down = (frame.scrollTop + frame.clientHeight / 2) / sheet.offsetHeight;
    sheet.classList.remove(sizes[size]);
    size = Math.max(0, Math.min(sizes.length - 1, next));
    sheet.classList.add(sizes[size]);
    frame.scrollLeft = across * sheet.offsetWidth - frame.clientWidth / 2;
    frame.scrollTop = down * sheet.offsetHeight - frame.clientHeight / 2;
    try { sessionStorage.setItem("archive-zoom", String(size)); } catch (error) { /* not kept */ }
  }

  document.querySelectorAll(".a-keys").forEach(function (told) { told.hidden = false; });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var at = document.activeElement;
    if (at && (/^(input|textarea|select)$/i.test(at.tagName) || at.isContentEditable)) return;
    if (figure && (event.key === "+" || event.key === "=")) zoom(size + 1);
    else if (figure && (event.key === "-" || event.key === "−")) zoom(size - 1);
    else if (figure && event.key === "0") zoom(0);
    else if (!event.shiftKey) turn(event.key, at);
  });
  function turn(key, at) {
    if (at === frame && frame && frame.scrollWidth > frame.clientWidth) return;
    var way = { ArrowLeft: "prev", ArrowRight: "next" }[key];
    var link = way && document.querySelector('.a-turn a[rel="' + way + '"]');
    if (link) location.assign(link.href);
  }
  if (!figure) return;

  document.querySelector(".a-picture__tools").hidden = false;
  document.querySelectorAll("[data-zoom]").forEach(function (button) {
    button.addEventListener("click", function () {
      var way = button.getAttribute("data-zoom");
      zoom(way === "fit" ? 0 : size + (way === "in" ? 1 : -1));
    });
  });
  try { zoom(Number(sessionStorage.getItem("archive-zoom")) || 0); } catch (error) { /* none kept */ }

  var svg = figure.querySelector(".a-picture__marks");
  var text = document.getElementById("text");

  // The place that the address names is shown on the picture too.
  function point() {
    var id = decodeURIComponent(location.hash.slice(1));
    var first = null;
    svg.querySelectorAll("rect").forEach(function (rect) {
      var isIt = id !== "" && rect.getAttribute("data-of") === id;
      rect.classList.toggle("a-mark--here", isIt);
      if (isIt && !first) first = rect;
    });
    if (!first) return;
    var box = first.getBoundingClientRect();
    var own = frame.getBoundingClientRect();
    if (box.top < own.top || box.bottom > own.bottom) frame.scrollTop += box.top - own.top - own.height / 3;
  }
  window.addEventListener("hashchange", point);
  point();

  // The picture's words stand in the order of the text: the nth word here is the nth word there.
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
    var rects = [];
    if (!svg.querySelector(".a-mark-excerpt")) rects = drawn(boxes, "mark.a-excerpt", "a-mark-excerpt");
    if (!svg.querySelector(".a-mark-deviation")) rects = rects.concat(drawn(boxes, "mark.a-differs", "a-mark-deviation"));
    rects.concat(drawn(boxes, "mark:not([class])", "a-mark-found")).forEach(function (box) {
      var rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.setAttribute("class", box.kind);
      rect.setAttribute("x", box.x0 - 1);
      rect.setAttribute("y", box.y0 - 1);
      rect.setAttribute("width", box.x1 - box.x0 + 2);
      rect.setAttribute("height", box.y1 - box.y0 + 2);
      svg.appendChild(rect);
    });
  }).catch(function () { /* the marks in the text remain */ });

  // Boxes of the words inside marks of one kind; neighbours on one line are one box.
  function drawn(boxes, marks, kind) {
    var result = [];
    var count = 0;
    var inWord = false;
    var walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      var node = walker.currentNode;
      var isMarked = node.parentElement.closest(marks) !== null;
      for (var index = 0; index < node.data.length; index += 1) {
        var isSpace = /\s/.test(node.data[index]);
        if (!isSpace && !inWord) count += 1;
        inWord = !isSpace;
        if (!isSpace && isMarked) add(result, boxes, count - 1, kind);
      }
    }
    return result;
  }
  function add(result, boxes, number, kind) {
    var word = boxes[number];
    var last = result[result.length - 1];
    if (!word || (last && last.word === number)) return;
    if (last && number === last.word + 1 && Math.abs(word[2] - last.y0) < 6 && word[1] > last.x0) {
      last.word = number;
      last.x1 = Math.max(last.x1, word[3]);
      last.y0 = Math.min(last.y0, word[2]);
      last.y1 = Math.max(last.y1, word[4]);
      return;
    }
    result.push({ kind: kind, word: number, x0: word[1], y0: word[2], x1: word[3], y1: word[4] });
  }
})();
