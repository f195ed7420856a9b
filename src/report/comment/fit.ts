/** Makes parts fit by importance: the least important is shortened first, and what may never be cut is cut last of all. */

export interface Shown {
  readonly lines: readonly string[];
  /** Whether every change it is about is named. */
  readonly whole: boolean;
}

export interface Part {
  /** The higher, the longer it stays as it is. */
  readonly weight: number;
  /** From the fullest to the shortest; each is made when it is needed. */
  readonly ways: readonly (() => Shown)[];
  /** What is left of it in so much room, when nothing else helps. */
  readonly cut?: (room: number) => Shown;
}

export interface Fit {
  readonly limit: number;
  size(text: string): number;
  /** Of one UTF-16 unit, at most. */
  readonly widest: number;
}

/** In the order of `parts`. */
export function fitted(parts: readonly Part[], { limit, size, widest }: Fit): Shown[] {
  const shown = parts.map(({ ways }) => ways[0]?.() ?? NOTHING);
  const sizes = shown.map((one) => sizeOf(one, size));
  const total = () => sizes.reduce((sum, one) => sum + one, 0);
  const replace = (at: number, by: Shown) => {
    const now = sizeOf(by, size);
    if (now >= (sizes[at] as number)) return;
    shown[at] = by;
    sizes[at] = now;
  };
  const order = parts.map((_, at) => at).sort((a, b) => weight(parts, a) - weight(parts, b));
  const rounds = Math.max(0, ...parts.map(({ ways }) => ways.length));
  for (let round = 1; round < rounds; round += 1) {
    for (const at of order) {
      if (total() <= limit) return shown;
      const way = parts[at]?.ways[round];
      if (way !== undefined) replace(at, way());
    }
  }
  for (const at of order) {
    if (total() <= limit) return shown;
    const room = limit - (total() - (sizes[at] as number));
    const cut = parts[at]?.cut;
    if (cut !== undefined) replace(at, cut(Math.floor(room / widest)));
  }
  return shown;
}

const NOTHING: Shown = { lines: [], whole: true };

/** With the empty line that stands between two parts. */
function sizeOf({ lines }: Shown, size: Fit['size']): number {
  return lines.length === 0 ? 0 : size(lines.join('\n')) + 2;
}

function weight(parts: readonly Part[], at: number): number {
  return (parts[at] as Part).weight;
}
