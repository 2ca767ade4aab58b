// The view as a picture of its own: PNG or SVG.

import { byId, draw } from "./elements";
import type { Graph } from "./graph";
import { FAMILY } from "./painter";
import { canvasPen, svgPen, type Pen } from "./pen";
import type { Picture } from "./picture";
import { themeOf } from "./themes";

const TIMES = 2; // the pixels of a saved PNG for each of the window

/** Title and legend at the foot of a saved picture, which must tell by itself what it shows. */
const caption = (pen: Pen, graph: Graph, shown: Uint8Array, width: number, height: number): void => {
  const theme = themeOf(graph);
  const measure = document.createElement("canvas").getContext("2d")!;
  const written = (text: string, x: number, weight: number, colour: string): number => {
    measure.font = `${weight} 13px ${FAMILY}`;
    const wide = measure.measureText(text).width;
    pen.text(text, x + wide / 2, height - 20, measure.font, colour, theme.ground);
    return x + wide;
  };
  let x = written(graph.title, 18, 650, theme.text) + 22;
  graph.types.forEach(({ label }, type) => {
    if (!graph.type.some((one, node) => one === type && shown[node]) || x > width - 90) return;
    pen.discs([x + 5, height - 20, 5], theme.types[type]!, 1);
    x = written(label, x + 15, 500, theme.quiet) + 18;
  });
};

/** What is in the window on a canvas of its own, with so many pixels for each of the window. */
export const stillOf = (graph: Graph, picture: Picture, times: number): HTMLCanvasElement => {
  const [width, height] = [picture.canvas.clientWidth, picture.canvas.clientHeight];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * times, height * times];
  const context = canvas.getContext("2d")!;
  context.scale(times, times);
  picture.drawWith(canvasPen(context));
  caption(canvasPen(context), graph, picture.shown().nodes, width, height);
  return canvas;
};

export const savingOf = (graph: Graph, picture: Picture): void => {
  const name = graph.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "");
  const size = (): [number, number] => [picture.canvas.clientWidth, picture.canvas.clientHeight];
  byId("save-png").addEventListener("click", () => {
    stillOf(graph, picture, TIMES).toBlob((blob) => blob && download(blob, `${name}.png`), "image/png");
  });
  byId("save-svg").addEventListener("click", () => {
    const [width, height] = size();
    const root = draw(
      "svg",
      { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height },
      draw("title", {}, graph.title),
    );
    picture.drawWith(svgPen(root));
    caption(svgPen(root), graph, picture.shown().nodes, width, height);
    const text = new XMLSerializer().serializeToString(root);
    download(new Blob([text.replace(FORBIDDEN, "\uFFFD")], { type: "image/svg+xml" }), `${name}.svg`);
  });
};

const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu; // characters that no XML may hold

const download = (blob: Blob, name: string): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};
