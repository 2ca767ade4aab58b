// Everything on the page is made of elements and text nodes: no text has a way to become markup.

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

export const byId = <Found extends HTMLElement = HTMLElement>(id: string): Found => document.getElementById(id) as Found;

const filled = <Made extends Element>(element: Made, attributes: Attributes, children: readonly Child[]): Made => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...flat(children));
  return element;
};

const flat = (children: readonly Child[]): (Node | string)[] =>
  children.flatMap((child): (Node | string)[] => {
    if (child === null || child === undefined || child === false) return [];
    if (Array.isArray(child)) return flat(child as readonly Child[]);
    return [child instanceof Node ? child : String(child)];
  });

/** An element with attributes, listeners (`onclick`) and children; null, undefined and false are left out. */
export const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] => filled(document.createElement(name), attributes, children);

/** The same for an element of SVG. */
export const draw = <Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Name] => filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** Puts new content into an element. */
export const fill = (element: Element, ...children: Child[]): void => element.replaceChildren(...flat(children));

/** The element in a colour of its own: set as a property, since the policy allows no style attributes. */
export const coloured = <Made extends HTMLElement | SVGElement>(element: Made, colour: string): Made => {
  element.style.setProperty("--colour", colour);
  return element;
};

/** A button that says what it does. */
export const button = (text: Child, onclick: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement =>
  make("button", { type: "button", onclick, ...attributes }, text);

export const number = (value: number): string => value.toLocaleString("en");

export const count = (many: number, one: string, more = `${one}s`): string => `${number(many)} ${many === 1 ? one : more}`;

export const shortened = (text: string, longest: number): string => {
  const characters = [...text.slice(0, longest * 4).replace(/\s+/gu, " ")];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`
    : characters.join("");
};

/** A link out, for web addresses only; anything else (`javascript:` …) stays text. */
export const outside = (address: string, text = address): Child => {
  if (!URL.canParse(address)) return text;
  const { protocol, href } = new URL(address);
  if (protocol !== "http:" && protocol !== "https:") return text;
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
};

/** A list of which the first items show, and a button that brings the others. */
export const listed = (list: HTMLElement, items: readonly (() => Node)[], first: number): Child => {
  list.append(...items.slice(0, first).map((item) => item()));
  if (items.length <= first) return list;
  let shown = first;
  const more = button(
    `Show ${number(Math.min(items.length - first, 100))} more`,
    () => {
      const next = list.children.length;
      list.append(...items.slice(shown, shown + 100).map((item) => item()));
      shown += 100;
      list.children[next]?.querySelector<HTMLElement>("button, a")?.focus();
      if (shown >= items.length) more.remove();
      else more.textContent = `Show ${number(Math.min(items.length - shown, 100))} more`;
    },
    { class: "more" },
  );
  return [list, more];
};

/** Copies a text, and says so on the button for a moment. */
export const copyButton = (label: string, text: () => string): HTMLButtonElement => {
  const made = button(
    label,
    async () => {
      made.textContent = (await copied(text())) ? "Copied" : "Your browser does not let me copy";
      setTimeout(() => (made.textContent = label), 1600);
    },
    { class: "quiet-button" },
  );
  return made;
};

const copied = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "aside", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy"); // the only way where a frame may not use the clipboard's interface
    area.remove();
    return done;
  }
};
