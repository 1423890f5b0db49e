// Search on a plain file server. The address holds the question: ?q=…&kind=…&state=…&model=…
const root = new URL("../", import.meta.url);
const pagefind = await import(new URL("pagefind/pagefind.js", root));
await pagefind.options({ excerptLength: 32 });
pagefind.init();

const form = document.getElementById("static-search");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
const FILTERS = ["kind", "state", "model"];
const AT_ONCE = 10;
let found = [];
let shown = 0;
let asked = 0;

// Pagefind gives its passage as text with <mark>; nothing else in it may become an element.
function passage(text) {
  const paragraph = document.createElement("p");
  paragraph.className = "a-list__text";
  const decode = document.createElement("textarea");
  text.split(/(<mark>.*?<\/mark>)/s).forEach((part) => {
    const marked = part.match(/^<mark>(.*)<\/mark>$/s);
    decode.innerHTML = marked ? marked[1] : part;
    const element = marked ? document.createElement("mark") : document.createTextNode(decode.value);
    if (marked) element.textContent = decode.value;
    paragraph.append(element);
  });
  return paragraph;
}

function item(data) {
  const entry = document.createElement("li");
  const kind = document.createElement("span");
  kind.className = "a-kind";
  const option = form.querySelector(`#search-kind option[value="${CSS.escape(data.meta.kind || "")}"]`);
  kind.textContent = option ? option.textContent : data.meta.kind || "";
  const link = document.createElement("a");
  link.className = "a-list__title";
  link.href = new URL(data.meta.path.replace(/^\//, ""), root);
  link.textContent = data.meta.title;
  const meta = document.createElement("div");
  meta.className = "a-list__meta";
  meta.textContent = data.meta.context || "";
  const line = document.createElement("div");
  line.append(kind, document.createElement("br"), link);
  entry.append(line, meta);
  if (data.meta.passage) entry.append(passage(data.excerpt));
  return entry;
}

// Where a word stands nowhere, Pagefind falls back on ever shorter beginnings of it. A nonsense
// word must find nothing: the best results have to hold a word that begins like each one asked for.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function holdsAll(data, words) {
  const text = ` ${plain(data.content).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  return words.every((word) => text.includes(` ${word.slice(0, Math.max(word.length - 3, 3))}`));
}

async function isMeant(results, query) {
  const words = plain(query).match(/[\p{L}\p{N}]+/gu) || [];
  if (!words.length) return true;
  const best = await Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));
  return best.some((data) => holdsAll(data, words));
}

async function showMore() {
  const mine = asked;
  const next = found.slice(shown, shown + AT_ONCE);
  shown += next.length;
  const loaded = await Promise.all(next.map((result) => result.data()));
  if (mine !== asked) return;
  loaded.forEach((data) => list.append(item(data)));
  more.hidden = shown >= found.length;
}

async function search() {
  const parameters = new URLSearchParams(location.search);
  const query = (parameters.get("q") || "").trim();
  const filters = {};
  form.elements.q.value = query;
  const box = document.getElementById("a-q");
  if (box) box.value = query;
  FILTERS.forEach((name) => {
    const value = parameters.get(name) || "";
    if (form.elements[name]) form.elements[name].value = value;
    if (value) filters[name] = value;
  });
  const mine = ++asked;
  list.replaceChildren();
  more.hidden = true;
  if (!query && !Object.keys(filters).length) {
    status.textContent = "";
    return;
  }
  status.textContent = status.dataset.searching;
  const answer = await pagefind.search(query || null, { filters });
  if (mine !== asked) return;
  const meant = await isMeant(answer.results, query);
  if (mine !== asked) return;
  found = meant ? answer.results : [];
  shown = 0;
  const count = found.length.toLocaleString("en");
  document.title = query ? `${query} · Search · 287(g) Archive` : document.title;
  status.textContent = found.length
    ? `${count} ${status.dataset.found}`
    : status.dataset.nothing;
  await showMore();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const parameters = new URLSearchParams();
  new FormData(form).forEach((value, name) => value && parameters.set(name, value));
  history.pushState(null, "", `?${parameters}`);
  search();
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") form.requestSubmit();
});
window.addEventListener("popstate", search);
more.addEventListener("click", showMore);
search();
