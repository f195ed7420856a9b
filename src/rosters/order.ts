/** Names in a file: where a new one goes among them. */
import { byCodeUnit } from '../model/assignment.ts';

type Order = (a: string, b: string) => number;

const ORDERS: readonly Order[] = [
  byCodeUnit,
  (a, b) => byCodeUnit(a.toLowerCase(), b.toLowerCase()),
];

/** The order `names` stand in; undefined where they are not sorted. */
export function orderOf(names: readonly string[]): Order | undefined {
  return ORDERS.find((order) =>
    names.every((name, n) => n === 0 || order(names[n - 1] as string, name) <= 0),
  );
}

/** Before which of `names` a new one goes: its place where they are sorted, else behind them all. */
export function placeAmong(names: readonly string[], name: string, order: Order | undefined) {
  const at = order === undefined ? -1 : names.findIndex((each) => order(each, name) > 0);
  return at === -1 ? names.length : at;
}
