// Blocks as kgraph/exporters/columns.py packs them: base64, gzip, JSON and columns of numbers.

export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array;

export interface Block {
  readonly head: Record<string, unknown>;
  readonly columns: ReadonlyMap<string, Column>;
}

const KINDS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array } as const;

/** The block that stands in an element of the page, which also says how large it is unpacked. */
export const readBlock = async (element: HTMLElement): Promise<Block> => {
  const size = Number(element.dataset["size"]);
  const bytes = await unpacked(decoded(element.textContent ?? ""), size);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Record<string, unknown>;
  const columns = new Map<string, Column>();
  let at = 4 + length;
  for (const [name, kind, count] of head["columns"] as [string, keyof typeof KINDS, number][]) {
    const column = new KINDS[kind](bytes.buffer, at, count);
    columns.set(name, column);
    at += Math.ceil(column.byteLength / 4) * 4;
  }
  return { head, columns };
};

const decoded = (text: string): Uint8Array<ArrayBuffer> => {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
};

/** The bytes unpacked, which must be as many as was said: a bomb goes off in an array of a known size. */
const unpacked = async (packed: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = new Uint8Array(size);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  let at = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    bytes.set(step.value, at);
    at += step.value.length;
  }
  if (at !== size) throw new Error(`the data are damaged: ${at} bytes where ${size} were written`);
  return bytes;
};
