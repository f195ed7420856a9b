/** Located data: what a file parses to. Plain values, each with the offset in the text where it stands. */

interface ScalarNode {
  readonly at: number;
  readonly value: string | number | boolean | null;
}

export interface Pair {
  readonly key: string;
  readonly keyAt: number;
  readonly node: Node;
}

export interface MapNode {
  readonly at: number;
  readonly pairs: readonly Pair[];
}

export interface ListNode {
  readonly at: number;
  readonly items: readonly Node[];
}

export type Node = ScalarNode | MapNode | ListNode;

/** The pairs of a map; none of anything else, whose wrong type is the schema's finding. */
export function pairsOf(node: Node | undefined): readonly Pair[] {
  return node && 'pairs' in node ? node.pairs : [];
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node && 'items' in node ? node.items : [];
}

/** The pair of `key`; the first of them where it is there twice. */
export function pairOf(node: Node | undefined, key: string): Pair | undefined {
  return pairsOf(node).find((pair) => pair.key === key);
}

export function get(node: Node | undefined, key: string): Node | undefined {
  return pairOf(node, key)?.node;
}

export function textOf(node: Node | undefined): string | undefined {
  return node && 'value' in node && typeof node.value === 'string' ? node.value : undefined;
}

export function numberOf(node: Node | undefined): number | undefined {
  return node && 'value' in node && typeof node.value === 'number' ? node.value : undefined;
}

/** The value without its places, as JSON Schema validates it. Maps have no inherited keys. */
export function plain(node: Node): unknown {
  if ('value' in node) return node.value;
  if ('items' in node) return node.items.map(plain);
  const map: Record<string, unknown> = Object.create(null);
  for (const pair of node.pairs) map[pair.key] = plain(pair.node);
  return map;
}
