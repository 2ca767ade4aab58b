// What the person asked for: one value, which the address of the page can hold, so that a view can be shared.

export interface State {
  /** The chosen node, by its id. */
  readonly node: string | null;
  /** How many links from the chosen node the picture shows; 0 shows all. */
  readonly hops: number;
  /** The other end: of a path from the chosen node, or of the link that is told. */
  readonly to: string | null;
  readonly link: string | null;
  readonly region: number | null;
  readonly only: boolean; // the region alone
  readonly hidden: ReadonlySet<string>; // names of types
  readonly roles: ReadonlySet<string>; // empty for all
  readonly years: readonly [number, number] | null;
  readonly papers: number;
  readonly sure: number; // percent
  readonly hubs: boolean;
  readonly table: boolean;
  /** The point of the drawing in the middle of the window, and how large one unit of it is. */
  readonly at: readonly [number, number, number] | null;
}

export const START: State = {
  node: null,
  hops: 0,
  to: null,
  link: null,
  region: null,
  only: false,
  hidden: new Set(),
  roles: new Set(),
  years: null,
  papers: 0,
  sure: 0,
  hubs: true,
  table: false,
  at: null,
};

/** The fragment of a state, empty for the first.
 *  `#node=hardware/nvidia-a100&hops=1&without=Paper&years=2020-2024&papers=3&sure=70&hubs=off` */
export const fragmentOf = (state: State): string => {
  const parts: [string, string | false | null][] = [
    ["node", state.node],
    ["hops", state.hops > 0 && String(state.hops)],
    ["to", state.to],
    ["link", state.link],
    ["region", state.region !== null && String(state.region)],
    ["only", state.only && "region"],
    ["without", [...state.hidden].sort().join(",")],
    ["role", [...state.roles].sort().join(",")],
    ["years", state.years && state.years.join("-")],
    ["papers", state.papers > 0 && String(state.papers)],
    ["sure", state.sure > 0 && String(state.sure)],
    ["hubs", !state.hubs && "off"],
    ["view", state.table && "table"],
    ["at", state.at && state.at.join(",")],
  ];
  return parts.flatMap(([name, value]) => (value ? [`${name}=${plain(value)}`] : [])).join("&");
};

/** Percent-encoded as far as a fragment must be; slashes, commas and colons read better as they are. */
const plain = (text: string): string => encodeURIComponent(text).replace(/%(?:2F|2C|3A|40)/gu, decodeURIComponent);

/** The state that a fragment stands for; what cannot be read is left out. */
export const stateOf = (fragment: string): State => {
  const given = new URLSearchParams(fragment.replace(/^#/u, "").replaceAll("+", "%2B"));
  const whole = (name: string, most: number): number => {
    const value = Number(given.get(name) ?? 0);
    return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : 0;
  };
  const names = (name: string): Set<string> => new Set(given.get(name)?.split(",").filter(Boolean));
  const years = /^(\d{4})-(\d{4})$/u.exec(given.get("years") ?? "");
  const at = given.get("at")?.split(",").map(Number) ?? [];
  return {
    node: given.get("node"),
    hops: whole("hops", 2),
    to: given.get("to"),
    link: given.get("link"),
    region: given.has("region") ? whole("region", 1e6) : null,
    only: given.get("only") === "region",
    hidden: names("without"),
    roles: names("role"),
    years: years ? [Number(years[1]), Number(years[2])] : null,
    papers: whole("papers", 1e9),
    sure: whole("sure", 100),
    hubs: given.get("hubs") !== "off",
    table: given.get("view") === "table",
    at: at.length === 3 && at.every(Number.isFinite) && at[2]! > 0 ? [at[0]!, at[1]!, at[2]!] : null,
  };
};

export type Change = (state: State, before: State) => void;

/** The state of a page: who listens is told of each change, and the page's address follows. */
export const keepState = () => {
  let state = stateOf(location.hash);
  const listeners: Change[] = [];
  const set = (next: State): void => {
    const before = state;
    state = next;
    for (const listener of listeners) listener(state, before);
  };
  addEventListener("popstate", () => {
    if (location.hash.slice(1) !== fragmentOf(state)) set(stateOf(location.hash));
  });
  return {
    get: (): State => state,
    change: (part: Partial<State>): void => {
      const before = state;
      set({ ...state, ...part });
      write(
        fragmentOf(state),
        STEPS_BACK.some((name) => state[name] !== before[name]),
      );
    },
    listen: (listener: Change): void => void listeners.push(listener),
  };
};

export type Store = ReturnType<typeof keepState>;

/** What the browser's way back leads through. */
const STEPS_BACK = ["node", "link", "to", "region", "table"] as const;

/** Puts the fragment into the address, as a step of its own or in place of the last; where a page has no address (`srcdoc`), nothing happens. */
const write = (fragment: string, step: boolean): void => {
  if (location.protocol === "about:" || `#${fragment}` === location.hash) return;
  try {
    history[step ? "pushState" : "replaceState"](null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  } catch {
    // Browsers allow a few hundred changes in half a minute; the next one will be written.
  }
};
