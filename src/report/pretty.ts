/** JSON as every format of it is written: two spaces, a newline at the end, and nothing that a terminal would obey. */

/** JSON escapes the C0 controls itself; these would reach a terminal, or turn the direction of what is shown. */
const UNSHOWN = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

export function pretty(value: unknown): string {
  return shown(`${JSON.stringify(value, null, 2)}\n`);
}

/** JSON without what a terminal would obey. */
export function shown(json: string): string {
  return json.replace(UNSHOWN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
