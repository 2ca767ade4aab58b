// Pages work without this. With it: "/" goes to the search, which suggests while one types.
"use strict";

const field = document.querySelector('form[role="search"] input[type="search"]');

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && field && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

if (field) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  field.form.append(list);
  Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list" })
    .forEach(([name, value]) => field.setAttribute(name, value));
  let asked = 0;
  let timer = 0;

  const select = (item) => {
    for (const other of list.children) other.setAttribute("aria-selected", String(other === item));
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const show = (things) => {
    list.replaceChildren(...things.map((thing, number) => {
      const item = document.createElement("li");
      const dot = document.createElement("span");
      const name = document.createElement("span");
      dot.className = `dot t-${thing.type.toLowerCase()}`;
      name.className = "name";
      name.textContent = thing.name;
      item.id = `suggestion-${number}`;
      item.dataset.path = `/id/${thing.id.split("/").map(encodeURIComponent).join("/")}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(dot, name);
      return item;
    }));
    list.hidden = !things.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  };

  const suggest = async () => {
    const words = field.value.trim();
    const turn = ++asked;
    if (words.length < 2) { show([]); return; }
    const answer = await fetch(`/api/search?most=8&q=${encodeURIComponent(words)}`);
    if (answer.ok && turn === asked && document.activeElement === field) show((await answer.json()).things);
  };

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
  field.addEventListener("blur", () => setTimeout(() => show([]), 150));
  field.addEventListener("keydown", (event) => {
    const items = [...list.children];
    const here = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && here >= 0) { event.preventDefault(); location.href = items[here].dataset.path; }
    else if (items.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(items[(here + step + items.length) % items.length]);
    }
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (item) location.href = item.dataset.path;
  });
}
