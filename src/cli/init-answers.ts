/** What `muster init` has to know: from flags, and for the rest by asking where there is a terminal. */
import { offScale, PLATFORMS, type Platform, SCALES } from '../model/platform.ts';
import { regionDomain } from '../model/region.ts';
import { UsageError } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import { Interrupted } from './interrupt.ts';
import type { Io } from './io.ts';

export interface InitFlags extends GlobalFlags {
  readonly platform?: string;
  readonly region?: string;
  readonly area?: string;
  readonly baseUrl?: string;
  readonly loginUrl?: string;
  readonly orgId?: string;
  readonly levels?: string;
  readonly workflows: boolean;
  readonly pull: boolean;
  readonly profiles?: boolean;
}

/** Settings as muster.yaml will have them, in its order. */
export interface Answers {
  readonly org: string;
  readonly platform: Platform;
  readonly region?: string;
  readonly area?: string;
  readonly baseUrl?: string;
  readonly loginUrl?: string;
  readonly orgId?: string;
  readonly levels: ReadonlyMap<string, number>;
}

/** Throws UsageError for an answer that cannot be, and for one that is missing where nobody can be asked. */
export async function answersOf(io: Io, flags: InitFlags): Promise<Answers> {
  const asking = new Asking(io);
  const platform = await asking.demand('--platform', flags.platform, {
    question: `Platform (${PLATFORMS.join(', ')}): `,
    read: platformIn,
  });
  const org = await asking.demand('--org', flags.org, {
    question: 'What the org shall be called, such as eu-prod: ',
    read: orgIn,
  });
  const address = await addressOf(asking, platform, flags);
  const levels = await asking.offer(flags.levels, {
    question: `Names for points of its scale, such as ${EXAMPLES[platform]}; nothing for none: `,
    read: (text) => levelsIn(text, platform),
  });
  const { loginUrl, orgId } = flags;
  return {
    ...{ org, platform, ...address },
    ...(loginUrl === undefined ? {} : { loginUrl }),
    ...(orgId === undefined ? {} : { orgId }),
    levels: levels ?? new Map(),
  };
}

type Address = Pick<Answers, 'region' | 'area' | 'baseUrl'>;

async function addressOf(asking: Asking, platform: Platform, flags: InitFlags): Promise<Address> {
  const { region, area, baseUrl } = flags;
  const given = {
    ...(region === undefined ? {} : { region: regionIn(region) }),
    ...(area === undefined ? {} : { area }),
    ...(baseUrl === undefined ? {} : { baseUrl: urlIn(baseUrl) }),
  };
  if (Object.keys(given).length > 0) return given;
  switch (platform) {
    case 'admin':
      return {
        baseUrl: await asking.demand('--base-url', undefined, {
          question: 'Base URL of the API, such as https://eu.mypurecloud.com: ',
          read: urlIn,
        }),
      };
    case 'genesys':
      return {
        region: await asking.demand('--region', undefined, {
          question: 'Region, such as eu_west_1 or mypurecloud.ie: ',
          read: regionIn,
        }),
      };
    case 'cxone': {
      const question = 'Area, such as na1, for an access key without a client; nothing for none: ';
      const found = await asking.offer(undefined, { question, read: (text) => text });
      return found === undefined ? {} : { area: found };
    }
  }
}

interface Question<T> {
  readonly question: string;
  /** Throws UsageError for what cannot be. */
  readonly read: (text: string) => T;
}

const TRIES = 3;

class Asking {
  readonly #io: Io;

  constructor(io: Io) {
    this.#io = io;
  }

  async demand<T>(flag: string, given: string | undefined, what: Question<T>): Promise<T> {
    if (given !== undefined) return what.read(given);
    if (!this.#io.terminal.stdin) {
      throw new UsageError('There is no terminal to ask on.', `Say ${flag}.`);
    }
    for (let left = TRIES; ; left -= 1) {
      const text = await this.#ask(what.question);
      try {
        return what.read(text);
      } catch (error) {
        if (left <= 1 || !(error instanceof UsageError)) throw error;
        this.#io.stderr(`${error.message} ${error.hint ?? ''}\n`);
      }
    }
  }

  /** Nothing is an answer as well; it is what nobody answers where there is no terminal. */
  async offer<T>(given: string | undefined, what: Question<T>): Promise<T | undefined> {
    const text = given ?? (this.#io.terminal.stdin ? await this.#ask(what.question) : '');
    return text === '' ? undefined : what.read(text);
  }

  async #ask(question: string): Promise<string> {
    const answer = await this.#io.ask(question);
    if (this.#io.signal.aborted) throw new Interrupted();
    return answer.trim();
  }
}

function platformIn(text: string): Platform {
  const found = PLATFORMS.find((platform) => platform === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`There is no platform "${text}".`, `Platforms: ${PLATFORMS.join(', ')}.`);
}

function orgIn(text: string): string {
  if (/^[a-z0-9][a-z0-9-]*$/.test(text) && text !== 'read') return text;
  throw new UsageError(
    `"${text}" cannot be the name of an org.`,
    'Use lower-case letters, digits and dashes; not the word read.',
  );
}

function regionIn(text: string): string {
  if (regionDomain(text) !== undefined) return text.trim();
  throw new UsageError(
    `There is no region "${text}".`,
    'Write it as eu_west_1, or as its domain: mypurecloud.ie.',
  );
}

function urlIn(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError('That is not the address of an API.', 'Write it as https://host.');
}

const EXAMPLES: Readonly<Record<Platform, string>> = {
  admin: 'novice=20, skilled=60, expert=90',
  genesys: 'novice=1, skilled=3, expert=5',
  cxone: 'novice=16, skilled=9, expert=1',
};

function levelsIn(text: string, platform: Platform): Map<string, number> {
  const levels = new Map<string, number>();
  for (const part of text.split(',')) {
    const [, name, digits] =
      /^\s*([\p{L}\p{N}][\p{L}\p{N} _-]*?)\s*=\s*([\d.]+)\s*$/u.exec(part) ?? [];
    const number = Number(digits);
    const scale = SCALES[platform].skill;
    if (name === undefined || scale === undefined || Number.isNaN(number))
      throw new UsageError(`"${part.trim()}" is no level.`, `Write them as ${EXAMPLES[platform]}.`);
    const wanted = offScale(scale, number);
    if (wanted !== undefined)
      throw new UsageError(`The level ${name} is not on the scale.`, `It must be ${wanted}.`);
    levels.set(name, number);
  }
  return levels;
}
