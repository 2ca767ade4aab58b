// What a picture is drawn with: on a canvas, or into an SVG that says the same.

import { draw } from "./elements";

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly alpha?: number;
  readonly dash?: readonly number[];
}

export interface Pen {
  ground(colour: string, width: number, height: number): void;
  /** Discs of one colour as x, y and radius, one after another. */
  discs(places: readonly number[], colour: string, alpha: number, ring?: Stroke): void;
  /** A closed outline with its corners rounded by the width of the stroke. */
  island(outline: readonly number[], round: number, fill: string, alpha: number): void;
  /** Straight lines as pairs of ends: x, y, x, y. */
  lines(places: readonly number[], stroke: Stroke): void;
  /** Lines that bend to one side, which tells several links of one node apart. */
  bows(places: readonly number[], stroke: Stroke): void;
  text(text: string, x: number, y: number, font: string, colour: string, halo: string, alpha?: number): void;
  image(image: CanvasImageSource, x: number, y: number, width: number, height: number, alpha: number): void;
}

const BEND = 0.12;
export const bent = (x: number, y: number, toX: number, toY: number): [number, number] => [
  (x + toX) / 2 + (toY - y) * BEND,
  (y + toY) / 2 - (toX - x) * BEND,
];

const FULL = 2 * Math.PI;

export const canvasPen = (context: CanvasRenderingContext2D): Pen => {
  const stroke = ({ colour, width, alpha = 1, dash = [] }: Stroke): void => {
    Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha });
    context.setLineDash([...dash]);
    context.stroke();
    context.globalAlpha = 1;
  };
  return {
    ground: (colour, width, height) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
    },
    discs: (places, colour, alpha, ring) => {
      context.beginPath();
      for (let at = 0; at < places.length; at += 3) {
        const [x, y, radius] = [places[at]!, places[at + 1]!, places[at + 2]!];
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, FULL);
      }
      if (colour !== "none") {
        Object.assign(context, { fillStyle: colour, globalAlpha: alpha });
        context.fill();
      }
      if (ring) stroke({ ...ring, alpha: (ring.alpha ?? 1) * alpha });
      context.globalAlpha = 1;
    },
    island: (outline, round, fill, alpha) => {
      context.beginPath();
      for (let at = 0; at < outline.length; at += 2) context.lineTo(outline[at]!, outline[at + 1]!);
      context.closePath();
      Object.assign(context, {
        fillStyle: fill,
        strokeStyle: fill,
        lineWidth: 2 * round,
        lineJoin: "round",
        lineCap: "round",
        globalAlpha: alpha,
      });
      context.setLineDash([]);
      context.fill();
      context.stroke();
      context.globalAlpha = 1;
    },
    lines: (places, how) => {
      context.beginPath();
      for (let at = 0; at < places.length; at += 4) {
        context.moveTo(places[at]!, places[at + 1]!);
        context.lineTo(places[at + 2]!, places[at + 3]!);
      }
      stroke(how);
    },
    bows: (places, how) => {
      context.beginPath();
      for (let at = 0; at < places.length; at += 4) {
        const [x, y, toX, toY] = [places[at]!, places[at + 1]!, places[at + 2]!, places[at + 3]!];
        context.moveTo(x, y);
        context.quadraticCurveTo(...bent(x, y, toX, toY), toX, toY);
      }
      stroke(how);
    },
    text: (text, x, y, font, colour, halo, alpha = 1) => {
      Object.assign(context, {
        font,
        textAlign: "center",
        textBaseline: "middle",
        lineJoin: "round",
        lineWidth: 3,
        strokeStyle: halo,
        fillStyle: colour,
        globalAlpha: alpha,
      });
      context.setLineDash([]);
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
      context.globalAlpha = 1;
    },
    image: (image, x, y, width, height, alpha) => {
      context.globalAlpha = alpha;
      context.drawImage(image, x, y, width, height);
      context.globalAlpha = 1;
    },
  };
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** The pen that writes SVG: give it an element of that kind. */
export const svgPen = (root: SVGSVGElement): Pen => {
  const shape = (d: string, { colour, width, alpha = 1, dash }: Stroke): void =>
    root.append(
      draw("path", {
        d,
        fill: "none",
        stroke: colour,
        "stroke-width": width,
        "stroke-opacity": alpha,
        "stroke-dasharray": dash?.join(" "),
      }),
    );
  return {
    ground: (colour, width, height) => root.append(draw("rect", { width, height, fill: colour })),
    discs: (places, colour, alpha, ring) => {
      const group = draw("g", {
        fill: colour,
        opacity: alpha,
        stroke: ring?.colour,
        "stroke-width": ring?.width,
        "stroke-opacity": ring?.alpha,
      });
      for (let at = 0; at < places.length; at += 3) {
        group.append(draw("circle", { cx: round(places[at]!), cy: round(places[at + 1]!), r: round(places[at + 2]!) }));
      }
      root.append(group);
    },
    island: (outline, width, fill, alpha) =>
      root.append(
        draw("polygon", {
          points: outline.map(round).join(" "),
          fill,
          stroke: fill,
          "stroke-width": round(2 * width),
          "stroke-linejoin": "round",
          opacity: alpha,
        }),
      ),
    lines: (places, how) =>
      shape(
        eachFour(places, (x, y, toX, toY) => `M${x} ${y}L${toX} ${toY}`),
        how,
      ),
    bows: (places, how) =>
      shape(
        eachFour(places, (x, y, toX, toY) => `M${x} ${y}Q${bent(x, y, toX, toY).map(round).join(" ")} ${toX} ${toY}`),
        how,
      ),
    text: (text, x, y, font, colour, halo, alpha = 1) => {
      const [, weight, size, family] = /^(\d+) ([\d.]+px) (.*)$/u.exec(font) ?? [];
      root.append(
        draw(
          "text",
          {
            x: round(x),
            y: round(y),
            fill: colour,
            stroke: halo,
            "stroke-width": 3,
            "stroke-linejoin": "round",
            "paint-order": "stroke",
            opacity: alpha,
            "text-anchor": "middle",
            "dominant-baseline": "central",
            "font-family": family,
            "font-size": size,
            "font-weight": weight,
          },
          text,
        ),
      );
    },
    image: () => undefined, // dust is drawn as discs where nothing moves
  };
};

const eachFour = (places: readonly number[], path: (x: number, y: number, toX: number, toY: number) => string): string => {
  let paths = "";
  for (let at = 0; at < places.length; at += 4) {
    paths += path(round(places[at]!), round(places[at + 1]!), round(places[at + 2]!), round(places[at + 3]!));
  }
  return paths;
};
