// The drawing: vis-network with fixed places; islands below, labels above.

const drawing = JSON.parse(byId("drawing").textContent);
const frame = byId("picture");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

if (frame.clientHeight > 1.2 * frame.clientWidth) {
  // The picture is wider than high; on an upright screen it stands.
  for (const item of [...drawing.nodes, ...regions]) [item.x, item.y] = [-item.y, item.x];
}
const place = new Map(drawing.nodes.map(({ id, x, y, size }) => [id, { x, y, size }]));
const island = new Map(regions.flatMap((region, number) => region.members.map((node) => [node, number])));
const hiddenTypes = new Set();
let chosen = null;
let ground = {};

const tooltip = (number) => {
  const node = told[number];
  const about = isPaper(number) ? node.date ?? "" : `named by ${count(node.papers, "paper")}`;
  return [shortened(node.name, 120), [typeOf.get(node.type).label, about].filter(Boolean).join(", ")].join("\n");
};
const saying = (from, to) => {
  const facts = linksOf[from].filter((link) => link.other === to).map((link) => {
    const [subject, object] = link.out ? [from, to] : [to, from];
    const papers = link.papers > 1 ? ` (${count(link.papers, "paper")})` : "";
    return `${shortened(told[subject].name, 60)} · ${word(link.term)} · ${shortened(told[object].name, 60)}${papers}`;
  });
  return [...new Set(facts)].join("\n");
};
const line = (from, to) => ({ id: `${from}-${to}`, from, to, title: saying(from, to) });

const nodeSet = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, title: tooltip(node.id) })));
const edgeSet = new vis.DataSet(drawing.edges.map(({ from, to }) => line(from, to)));
const network = new vis.Network(frame, { nodes: nodeSet, edges: edgeSet }, {
  ...drawing.options,
  groups: Object.fromEntries(types.map(({ name, colour }) => [name, { color: { background: colour, border: colour } }])),
});
const surface = frame.querySelector(".vis-network");
surface.setAttribute("role", "application");
surface.setAttribute("aria-label", "Picture of the graph: arrow keys move it, plus and minus zoom. Search and the panel tell the same in words.");

const neighbours = (number) => new Set(linksOf[number].map((link) => link.other));
const isHidden = (number) => hiddenTypes.has(told[number].type);

/** Brings every node and line to the look that the choice, the filter and the light ask for. */
const refresh = () => {
  ground = { back: colour("--ground"), text: colour("--text"), island: colour("--island"), line: colour("--line"), accent: colour("--accent") };
  const near = chosen === null ? null : neighbours(chosen);
  const shown = (number) => near === null || number === chosen || near.has(number);
  if (near) {
    const wanted = [...near].filter((other) => place.has(other)).map((other) => (chosen < other ? [chosen, other] : [other, chosen]));
    edgeSet.add(wanted.filter(([a, b]) => !edgeSet.get(`${a}-${b}`)).map(([a, b]) => ({ ...line(a, b), extra: true })));
  }
  edgeSet.remove(edgeSet.getIds({ filter: (edge) => edge.extra && edge.from !== chosen && edge.to !== chosen }));
  const lit = near && near.size > 40 ? 0.35 : 0.75;
  nodeSet.update(nodeSet.map(({ id, group }) => ({
    id,
    hidden: isHidden(id),
    opacity: shown(id) ? 1 : 0.12,
    color: { background: typeOf.get(group).colour, border: dark.matches ? "rgba(255,255,255,.35)" : "rgba(20,30,50,.35)" },
  })));
  edgeSet.update(edgeSet.map(({ id, from, to }) => {
    const mine = from === chosen || to === chosen;
    const strength = near ? (mine ? lit : 0.05) : island.get(from) === island.get(to) ? 0.42 : 0.1;
    return { id, hidden: isHidden(from) || isHidden(to), width: mine && lit > 0.5 ? 1.6 : 1, color: { color: `rgba(${ground.line},${strength})`, hover: ground.accent } };
  }));
};

/** Puts a node into the picture that was not drawn at first: beside its drawn neighbours, where there is room. */
const draw = (number) => {
  if (place.has(number)) return;
  const drawn = [...neighbours(number)].filter((other) => place.has(other)).map((other) => place.get(other));
  const middle = drawn.reduce((sum, { x, y }) => ({ x: sum.x + x / drawn.length, y: sum.y + y / drawn.length }), { x: 0, y: 0 });
  const size = isPaper(number) ? 5 : 7;
  for (let step = 0; ; step += 1) {
    const spot = { x: Math.round(middle.x + 9 * Math.sqrt(step) * Math.cos(step * 2.4)), y: Math.round(middle.y + 9 * Math.sqrt(step) * Math.sin(step * 2.4)), size };
    if ([...place.values()].every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) > other.size + size + 4)) {
      place.set(number, spot);
      nodeSet.add({ id: number, ...spot, group: told[number].type, title: tooltip(number) });
      byRank = ranked();
      return;
    }
  }
};

const mostNamed = (a, b) => (told[b].papers ?? 0) - (told[a].papers ?? 0) || a - b;

// Labels: of each island its most named first, the large before all, and each only where it covers no other label and hardly a node.
const ranked = () => {
  const within = new Map();
  const turn = new Map([...place.keys()].sort(mostNamed).map((number) => {
    const here = island.get(number);
    within.set(here, (within.get(here) ?? 0) + 1);
    return [number, Math.round(within.get(here) * (8 / place.get(number).size) ** 2)];
  }));
  return [...turn.keys()].sort((a, b) => isPaper(a) - isPaper(b) || turn.get(a) - turn.get(b) || mostNamed(a, b));
};
let byRank = ranked();
const widths = new Map();
const boxOf = (context, number, scale) => {
  const entity = !isPaper(number);
  const size = entity ? Math.min(17, Math.round(10.5 + place.get(number).size * scale * 0.22)) : number === chosen ? 13 : 11;
  const text = shortened(told[number].name.replace(/\s+/gu, " "), entity ? 30 : 44);
  const font = `${number === chosen ? 700 : entity ? 500 : 400} ${size}px system-ui, sans-serif`;
  const key = font + text;
  context.font = font;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return { text, font, size, width: widths.get(key) };
};
const SIDES = [[0, 1], [1, 0], [0, -1], [-1, 0], [0.7, 0.8], [-0.7, 0.8], [0.7, -0.8], [-0.7, -0.8]]; // below, right, above, left, corners
const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
/** Where a label goes beside its node: the side on which it covers least of nodes, and no label; null if none. */
const spotFor = (node, box, taken, circles, width) => {
  let best = null;
  for (const [across, down] of SIDES) {
    const x = node.x + across * (node.r + 4 + box.width / 2);
    const y = node.y + down * (node.r + 3 + box.size / 2);
    const edges = [x - box.width / 2 - 2, y - box.size / 2 - 1, x + box.width / 2 + 2, y + box.size / 2 + 1];
    if (edges[0] < 0 || edges[2] > width || taken.some((other) => overlap(edges, other))) continue;
    const covered = circles.reduce((sum, { x: cx, y: cy, r }) => sum + (overlap(edges, [cx - r, cy - r, cx + r, cy + r]) ? r : 0), 0);
    if (best === null || covered < best.covered) best = { x, y, edges, covered };
    if (covered === 0) break;
  }
  return best;
};
const drawLabels = (context) => {
  const { clientWidth: width, clientHeight: height } = frame;
  const ratio = context.canvas.width / width;
  const scale = network.getScale();
  const view = network.getViewPosition();
  const near = chosen === null ? null : neighbours(chosen);
  const room = 80 * Math.max(1, (scale / fitted) ** 1.7);
  const circles = new Map();
  for (const [number, { x, y, size }] of place) {
    const circle = { x: (x - view.x) * scale + width / 2, y: (y - view.y) * scale + height / 2, r: size * scale };
    const inside = circle.x > -60 && circle.x < width + 60 && circle.y > -20 && circle.y < height + 20;
    if (inside && !isHidden(number)) circles.set(number, circle);
  }
  const order = near ? [chosen, ...byRank.filter((number) => near.has(number))] : byRank;
  const lit = [...circles].filter(([number]) => !near || number === chosen || near.has(number)).map(([, circle]) => circle);
  const taken = [];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3, strokeStyle: ground.back, fillStyle: ground.text });
  for (const number of order) {
    if (taken.length > room) break;
    if (!circles.has(number) || (isPaper(number) && !near && scale < 1.6)) continue;
    const box = boxOf(context, number, scale);
    const spot = spotFor(circles.get(number), box, taken, lit, width);
    if (!spot || spot.covered > circles.get(number).r * 2 + 1) continue;
    taken.push(spot.edges);
    context.font = box.font;
    context.strokeText(box.text, spot.x, spot.y);
    context.fillText(box.text, spot.x, spot.y);
  }
  context.restore();
};
network.on("beforeDrawing", (context) => {
  context.fillStyle = ground.island;
  for (const { x, y, radius, members } of regions) {
    if (members.length < 2) continue;
    context.beginPath();
    context.arc(x, y, radius + 8, 0, 2 * Math.PI);
    context.fill();
  }
});
network.on("afterDrawing", (context) => {
  if (chosen !== null && place.has(chosen)) {
    const { x, y, size } = place.get(chosen);
    context.beginPath();
    context.arc(x, y, size + 4, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = ground.accent;
    context.stroke();
  }
  drawLabels(context);
});

const motion = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
/** The place and scale at which everything is in view, islands with their shores. */
const whole = () => {
  const discs = [...regions.map(({ x, y, radius }) => [x, y, radius + 22]), ...[...place.values()].map(({ x, y, size }) => [x, y, size + 22])];
  const [left, right] = [Math.min(...discs.map(([x, , r]) => x - r)), Math.max(...discs.map(([x, , r]) => x + r))];
  const [top, bottom] = [Math.min(...discs.map(([, y, r]) => y - r)), Math.max(...discs.map(([, y, r]) => y + r))];
  const scale = Math.min(frame.clientWidth / (right - left), frame.clientHeight / (bottom - top), 1.6);
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
};
const showWhole = () => network.moveTo({ ...whole(), animation: motion() });
const zoomBy = (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)), animation: motion() });
/** Moves the picture so that a node can be seen beside the panel. */
const lookAt = (number) => {
  const { x, y } = place.get(number);
  const aside = byId("panel").getBoundingClientRect();
  const wide = innerWidth > 700;
  const offset = { x: wide ? -aside.width / 2 : 0, y: wide ? 0 : -aside.height / 2 };
  network.moveTo({ position: { x, y }, scale: Math.max(network.getScale(), Math.min(1.1, fitted * 1.5)), offset, animation: motion() });
};
let fitted = whole().scale;
network.moveTo(whole());
network.on("resize", () => (fitted = whole().scale));
dark.addEventListener("change", refresh);
