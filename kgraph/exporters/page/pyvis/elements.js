"use strict";
// Everything on the page is made of elements and text nodes: no text has a way to become markup.

const byId = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children; null and false are left out. */
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/** The element in a type's colour: set as a property, since the policy allows no style attributes. */
const coloured = (element, colour) => {
  element.style.setProperty("--colour", colour);
  return element;
};

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const shortened = (text, longest) => {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("").trimEnd()}…` : text;
};

/** A link out, for web addresses only; anything else (`javascript:` …) stays text. */
const outside = (address, text = address) => {
  let known = null;
  try {
    known = new URL(address);
  } catch {
    return text;
  }
  if (!["http:", "https:"].includes(known.protocol)) return text;
  return make("a", { href: known.href, target: "_blank", rel: "noopener noreferrer" }, text);
};

/** The first items of a list, and a button that shows the others. */
const listed = (list, items, first) => {
  list.append(...items.slice(0, first).map((item) => item()));
  if (items.length <= first) return [list];
  const more = make("button", { type: "button", class: "more-button" }, `Show all ${items.length.toLocaleString("en")}`);
  more.addEventListener("click", () => {
    list.append(...items.slice(first).map((item) => item()));
    list.children[first].querySelector("button")?.focus();
    more.remove();
  });
  return [list, more];
};
