/** Text -> located data, for all of YAML 1.2. Nothing that an alias can multiply is walked before it is measured. */
import {
  type Document,
  isAlias,
  isMap,
  isSeq,
  type ParsedNode,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import type { ListNode, MapNode, Node, Pair } from './node.ts';
import type { Problem } from './problem.ts';

export interface Composed {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

/** Values a file may hold once its aliases are written out. */
const MAX_SIZE = 1_000_000;
const MAX_DEPTH = 64;
/** One mistake can make the parser stumble many times; the first words about it are the useful ones. */
const MAX_SYNTAX_PROBLEMS = 20;

const TAG_PREFIX = 'tag:yaml.org,2002:';
/** Of values that plain text can say as well; the library knows others, which make what no file may hold. */
const PLAIN_TAGS = ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map(
  (name) => TAG_PREFIX + name,
);

interface Measured {
  readonly node: Node;
  readonly size: number;
  readonly depth: number;
}

export function compose(text: string): Composed {
  // Keys are compared in parse.ts: the library compares each with each, which a large map cannot afford.
  const options = { uniqueKeys: false, prettyErrors: false, stringKeys: true } as const;
  const documents = [...parseAllDocuments(text, options)] as Document.Parsed[];
  const [first, second] = documents;
  if (!first) return { root: undefined, problems: [] };
  const problems = syntaxOf(first);
  if (second) problems.push(severalDocuments(second));
  if (first.directives.yaml.version !== '1.2') problems.push(otherVersion());
  if (problems.length > 0 || !first.contents) return { root: undefined, problems };
  const root = new Converter(problems).convert(first.contents, first.contents.range[0], 0)?.node;
  return problems.length > 0 ? { root: undefined, problems } : { root, problems };
}

/** Nodes of the library -> located data. An alias is the very node of its anchor. */
class Converter {
  readonly #anchors = new Map<string, Measured | 'open'>();
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  /** `at` stands in for a value that is not written; undefined once a problem is recorded. */
  convert(source: ParsedNode, at: number, level: number): Measured | undefined {
    if (isAlias(source)) return this.#alias(source.source, source.range[0]);
    if (level > MAX_DEPTH) return this.#fail(tooDeep(source.range[0]));
    if (source.tag !== undefined && !PLAIN_TAGS.includes(source.tag)) {
      return this.#fail(oddTag(source.tag, source.range[0]));
    }
    const anchor = source.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const measured = this.#inner(source, at, level);
    if (measured && anchor !== undefined) this.#anchors.set(anchor, measured);
    return measured;
  }

  #inner(source: ParsedNode, at: number, level: number): Measured | undefined {
    if (isMap(source)) return this.#map(source, level);
    if (isSeq(source)) return this.#list(source, level);
    return scalar(source as Scalar.Parsed, at);
  }

  #map(source: Extract<ParsedNode, { items: unknown }>, level: number): Measured | undefined {
    const pairs: Pair[] = [];
    let size = 1;
    let depth = 0;
    for (const item of source.items) {
      const pair = item as { key: Scalar.Parsed; value: ParsedNode | null };
      const keyAt = pair.key.range[0];
      const inner = pair.value
        ? this.convert(pair.value, keyAt, level + 1)
        : { node: { at: keyAt, value: null }, size: 1, depth: 0 };
      if (!inner) return undefined;
      size += inner.size;
      depth = Math.max(depth, inner.depth + 1);
      pairs.push({ key: String(pair.key.value), keyAt, node: inner.node });
    }
    const node: MapNode = { at: source.range[0], pairs };
    return this.#within({ node, size, depth });
  }

  #list(source: Extract<ParsedNode, { items: unknown }>, level: number): Measured | undefined {
    const items: Node[] = [];
    let size = 1;
    let depth = 0;
    for (const item of source.items) {
      const inner = this.convert(item as ParsedNode, source.range[0], level + 1);
      if (!inner) return undefined;
      size += inner.size;
      depth = Math.max(depth, inner.depth + 1);
      items.push(inner.node);
    }
    const node: ListNode = { at: source.range[0], items };
    return this.#within({ node, size, depth });
  }

  #alias(name: string, at: number): Measured | undefined {
    const anchored = this.#anchors.get(name);
    if (anchored === 'open') return this.#fail(explosion(at, 'contains itself'));
    if (anchored) return anchored;
    return this.#fail({
      code: 'yaml-syntax',
      at,
      message: `The alias \`*${name}\` has no anchor before it.`,
      hint: `Write \`&${name}\` at what it shall repeat, or write the value out.`,
    });
  }

  #within(measured: Measured): Measured | undefined {
    if (measured.size > MAX_SIZE)
      return this.#fail(explosion(measured.node.at, 'grows beyond measure'));
    if (measured.depth > MAX_DEPTH) return this.#fail(tooDeep(measured.node.at));
    return measured;
  }

  #fail(problem: Problem): undefined {
    this.#problems.push(problem);
    return undefined;
  }
}

function oddTag(tag: string, at: number): Problem {
  return {
    code: 'yaml-syntax',
    at,
    message: `The tag \`${tag.replace(TAG_PREFIX, '!!')}\` makes a value that no file here may hold.`,
    hint: 'Take the tag out, and write plain text, a number, a list or a map.',
  };
}

function scalar(source: Scalar.Parsed, at: number): Measured {
  const written = source.source !== '' || source.value !== null;
  const value = source.value as string | number | boolean | null;
  return { node: { at: written ? source.range[0] : at, value }, size: 1, depth: 0 };
}

function syntaxOf(document: Document.Parsed): Problem[] {
  const deep = document.errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (deep) return [tooDeep(deep.pos[0])];
  // One slip can break several rules of the grammar at once.
  const places = new Map(
    [...document.errors, ...document.warnings].reverse().map((error) => [error.pos[0], error]),
  );
  const told = [...places.values()].reverse().slice(0, MAX_SYNTAX_PROBLEMS);
  return told.map((error) => {
    const at = error.pos[0];
    if (error.code === 'TAB_AS_INDENT') return tabs(at);
    if (error.code === 'NON_STRING_KEY') return oddKey(at);
    const words = error.message.trim().replace(/\.?$/, '.');
    return {
      code: 'yaml-syntax',
      at,
      message: `This is not valid YAML: ${words}`,
      hint: 'Look at the indentation and the quotes around this place.',
    };
  });
}

function tabs(at: number): Problem {
  return {
    code: 'yaml-tab',
    at,
    message: 'A tab stands where the indentation is.',
    hint: 'Indent with spaces.',
  };
}

function oddKey(at: number): Problem {
  return {
    code: 'yaml-key',
    at,
    message: 'A key must be plain text.',
    hint: 'Write the name itself, in quotes if it has special characters.',
  };
}

function tooDeep(at: number): Problem {
  return {
    code: 'yaml-depth',
    at,
    message: 'The values are nested too deeply.',
    hint: 'Nothing in these files needs more than a few levels.',
  };
}

function explosion(at: number, how: string): Problem {
  return {
    code: 'alias-explosion',
    at,
    message: `With its aliases written out this value ${how}.`,
    hint: 'Use a profile to share assignments.',
  };
}

function severalDocuments(second: Document.Parsed): Problem {
  return {
    code: 'yaml-documents',
    at: second.range[0],
    message: 'The file holds several YAML documents.',
    hint: 'Take out the `---` line, or move what follows it to a file of its own.',
  };
}

function otherVersion(): Problem {
  return {
    code: 'yaml-version',
    at: 0,
    message: 'The file asks for another version of YAML than 1.2.',
    hint: 'Take out the `%YAML` line.',
  };
}
