/** How a terminal wants its text: all that a renderer knows of it. */
import pc from 'picocolors';

export interface Style {
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
}

export type Paint = ReturnType<typeof pc.createColors>;

/** What the parts of one text share: how to paint, and how wide the lines are. */
export interface Page {
  readonly paint: Paint;
  readonly width: number;
}

/** Narrower than this nothing lines up any more, so the terminal may as well wrap. */
const NARROWEST = 40;

export function page(style: Style): Page {
  const width = Math.max(style.width, NARROWEST);
  return { paint: pc.createColors(style.color), width };
}
