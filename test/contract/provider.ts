/** What every provider promises, as one suite. A bench is a provider on a platform whose truth can be looked at. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Assignments, canonical, keyed, type Value } from '../../src/model/assignment.ts';
import type { Provider, Write, WriteReport } from '../../src/model/provider.ts';
import { desiring, emailOf, narrowings } from './narrowings.ts';

type Values = Readonly<Record<string, Value>>;
/** By user id. */
type Lists = Readonly<Record<string, Values>>;

/** Proficiencies are from 1 to 5, which every platform has. */
export interface BenchWorld {
  /** Everybody, with his skills. */
  readonly users: Lists;
  readonly skills: readonly string[];
  /** Where the platform has languages: those there are, and who speaks which. */
  readonly languages: readonly string[];
  readonly speakers: Lists;
  /** Whose writes the platform refuses. */
  readonly refuse?: string;
  /** Whose own list cannot be read. */
  readonly unreadable?: string;
}

export interface Bench {
  readonly provider: Provider;
  /** The user's skills as the platform truly has them. */
  truth(userId: string): Readonly<Record<string, unknown>>;
  /** His languages, where the platform has any. */
  spoken?(userId: string): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** What a platform is like. */
export interface Traits {
  /** The oddest value that the platform both holds and takes. */
  readonly odd: Value;
  /** Whether it has languages. */
  readonly languages?: boolean;
}

const worldWith = ({ odd, languages = false }: Traits): BenchWorld => ({
  skills: ['s1', 's2', 's3'],
  users: { u1: { s1: 1, s2: odd }, u2: { s1: 2 }, u3: {} },
  languages: languages ? ['l1', 'l2', 'l3'] : [],
  speakers: languages ? { u1: { l1: 3, l2: 1 }, u2: {}, u3: { l2: 5 } } : {},
});

function list(skills: Values, languages: Values = {}): Assignments {
  return { skill: keyed(Object.entries(skills)), language: keyed(Object.entries(languages)) };
}

async function readOwn(provider: Provider, userId: string): Promise<Assignments> {
  const own = (await provider.fetchOwn([userId])).get(userId);
  if (!own?.proven) throw new Error(own?.why ?? 'not reported');
  return own.assignments;
}

async function send(provider: Provider, batch: readonly Write[]): Promise<WriteReport[]> {
  await provider.turn();
  const reports: WriteReport[] = [];
  for await (const report of provider.write(batch)) reports.push(report);
  return reports;
}

interface After {
  /** Whose skills shall be what; those left out stay. */
  readonly skills?: Lists;
  readonly languages?: Lists;
}

/** The writes that bring people from the lists a gate reads to these. */
async function gated(provider: Provider, { skills = {}, languages = {} }: After): Promise<Write[]> {
  const ids = [...new Set([...Object.keys(skills), ...Object.keys(languages)])];
  const lists = await provider.fetchOwn(ids);
  return ids.map((userId) => {
    const own = lists.get(userId);
    const before = own?.proven ? own.assignments : list({});
    const of = (values: Values | undefined) => values && keyed(Object.entries(values));
    const after = {
      skill: of(skills[userId]) ?? before.skill,
      language: of(languages[userId]) ?? before.language,
    };
    return { userId, before, after };
  });
}

async function change(provider: Provider, skills: Lists): Promise<WriteReport[]> {
  return send(provider, await gated(provider, { skills }));
}

export function providerContract(
  name: string,
  traits: Traits,
  open: (world: BenchWorld) => Promise<Bench>,
): void {
  const WORLD = worldWith(traits);
  const { odd } = traits;
  const listOf = (id: string) => list(WORLD.users[id] ?? {}, WORLD.speakers[id]);
  describe(`${name} keeps the contract of a provider`, () => {
    const benches: Bench[] = [];
    afterEach(() => Promise.all(benches.splice(0).map((bench) => bench.close())));
    const bench = async (world: Partial<BenchWorld> = {}) => {
      const opened = await open({ ...WORLD, ...world });
      benches.push(opened);
      return opened;
    };
    const scope = { keys: Object.keys(WORLD.users).map(emailOf) };

    test('a fetch shows everybody, the catalogue, and every list as it is', async () => {
      const { provider } = await bench();
      const live = await provider.fetch(scope);
      expect([...live.users.keys()].sort()).toEqual(['u1', 'u2', 'u3']);
      expect(live.directory).toBe(true);
      expect(live.catalogue?.map(({ kind, id }) => [kind, id])).toEqual([
        ...WORLD.skills.map((id) => ['skill', id]),
        ...WORLD.languages.map((id) => ['language', id]),
      ]);
      for (const id of Object.keys(WORLD.users)) {
        const { person, list: own } = live.users.get(id) ?? {};
        expect(person).toMatchObject({ id, email: emailOf(id), active: true });
        expect(canonical(own)).toBe(canonical({ proven: true, assignments: listOf(id) }));
      }
    });

    test('names become ids and keys people', async () => {
      const { provider } = await bench();
      const targets = provider.normalize(desiring([emailOf('u1')]), await provider.fetch(scope));
      expect(targets).toMatchObject({ held: [], findings: [], released: [] });
      expect(targets.users).toMatchObject([
        { person: { id: 'u1' }, wants: { skill: { s3: { value: 5 } } } },
      ]);
    });

    test.each(narrowings)(
      'a narrowed fetch of $what',
      async ({ keys, ids = {}, shown, held = [] }) => {
        const { provider } = await bench();
        const only = { ids: new Map(Object.entries(ids)) };
        const live = await provider.fetch({ keys, only });
        const lists = new Map<string, unknown>();
        for (const [id, { list: own }] of live.users)
          if (own.proven) lists.set(id, own.assignments);
        expect([...lists.keys()].sort()).toEqual(shown);
        for (const [id, own] of lists) expect(canonical(own)).toBe(canonical(listOf(id)));
        expect(live.catalogue).toHaveLength(WORLD.skills.length + WORLD.languages.length);
        expect(live.directory).toBe(true);
        const targets = provider.normalize(desiring(keys), live);
        expect(targets.findings).toEqual([]);
        expect(targets.users.map(({ person }) => person.id).sort()).toEqual(shown);
        expect(targets.held.map(({ key, reason }) => [key, reason])).toEqual(
          held.map((key) => [key, 'not-found']),
        );
      },
    );

    test('two keys of one person are found out, narrowed or not', async () => {
      const { provider } = await bench();
      const keys = [emailOf('u1'), 'id:u1'];
      for (const ids of [new Map<string, string>(), new Map([[emailOf('u1'), 'u1']])]) {
        const live = await provider.fetch({ keys, only: { ids } });
        const { findings } = provider.normalize(desiring(keys), live);
        expect(findings.map(({ code }) => code)).toEqual(['user-duplicate']);
      }
    });

    test('in a narrowed fetch too, a list that cannot be read is unknown, never nobody', async () => {
      const { provider } = await bench({ unreadable: 'u1' });
      const keys = [emailOf('u1'), emailOf('u2')];
      for (const ids of [new Map<string, string>(), new Map([[emailOf('u1'), 'u1']])]) {
        const live = await provider.fetch({ keys, only: { ids } });
        expect(live.users.get('u1')?.list).toMatchObject({
          proven: false,
          why: expect.stringMatching(/\w/),
        });
        expect(live.users.get('u2')?.list.proven).toBe(true);
        expect(provider.normalize(desiring(keys), live).held).toEqual([]);
      }
    });

    test('a write makes exactly the list it was given', async () => {
      const { provider, truth } = await bench();
      const [report] = await change(provider, { u2: { s2: 5, s3: 4 } });
      expect(report).toMatchObject({ userId: 'u2', sent: 'accepted' });
      expect(truth('u2')).toEqual({ s2: 5, s3: 4 });
      expect(truth('u1')).toEqual(WORLD.users.u1);
    });

    test('a list may be emptied, and empty is then proven', async () => {
      const { provider, truth } = await bench();
      await change(provider, { u2: {} });
      expect(truth('u2')).toEqual({});
      expect(canonical(await readOwn(provider, 'u2'))).toBe(canonical(list({})));
    });

    test('values nobody understands survive a write, byte for byte', async () => {
      const { provider, truth } = await bench();
      const { skill } = await readOwn(provider, 'u1');
      await change(provider, { u1: { ...skill, s3: 1 } });
      expect(canonical(truth('u1'))).toBe(canonical({ s1: 1, s2: odd, s3: 1 }));
    });

    test('the same write twice is the same as once', async () => {
      const { provider, truth } = await bench();
      const skills = { u1: { s1: 4, s3: 3 } };
      const writes = await gated(provider, { skills });
      const sent = [...(await send(provider, writes)), ...(await send(provider, writes))];
      expect(sent.map((report) => report.sent)).toEqual(['accepted', 'accepted']);
      expect(truth('u1')).toEqual(skills.u1);
    });

    test('every user of a batch is reported once', async () => {
      const { provider, truth } = await bench();
      const after = { u1: { s1: 1 }, u2: {}, u3: { s3: 3 } };
      const reports = await change(provider, after);
      expect(reports.map(({ userId }) => userId).sort()).toEqual(['u1', 'u2', 'u3']);
      for (const [id, skills] of Object.entries(after)) expect(truth(id)).toEqual(skills);
    });

    test('a refusal is told, and leaves the list; the others are written', async () => {
      const { provider, truth } = await bench({ refuse: 'u2' });
      const reports = await change(provider, { u2: { s3: 3 } });
      reports.push(...(await change(provider, { u3: { s3: 3 } })));
      const refused = reports.find(({ userId }) => userId === 'u2');
      expect(refused?.sent).toBe('refused');
      expect(refused?.error?.hint).toMatch(/\.$/);
      expect(truth('u2')).toEqual({ s1: 2 });
      expect(truth('u3')).toEqual({ s3: 3 });
    });

    test('a list that cannot be read is unknown, never empty', async () => {
      const { provider } = await bench({ unreadable: 'u1' });
      const own = await provider.fetchOwn(['u1', 'u3']);
      expect(own.get('u1')).toMatchObject({ proven: false, why: expect.stringMatching(/\w/) });
      expect(own.get('u3')).toMatchObject({ proven: true });
      const live = await provider.fetch(scope);
      expect(live.users.get('u1')?.list.proven).toBe(false);
    });

    test('somebody nobody knows has no list and cannot be written', async () => {
      const { provider } = await bench();
      expect((await provider.fetchOwn(['nobody'])).get('nobody')?.proven).toBe(false);
      expect(await change(provider, { nobody: { s1: 1 } })).toMatchObject([{ sent: 'refused' }]);
    });

    describe.runIf(traits.languages)('and has languages', () => {
      test('skills and languages are written each as they were given', async () => {
        const { provider, truth, spoken } = await bench();
        const skills = { u1: { s1: 5 }, u2: { s3: 3 }, u3: {} };
        const languages = { u1: { l1: 4, l3: 2 }, u2: { l1: 1 }, u3: {} };
        const writes = await gated(provider, { skills, languages });
        const reports: WriteReport[] = [];
        for (const write of writes) reports.push(...(await send(provider, [write])));
        expect(reports.map(({ sent }) => sent)).toEqual(['accepted', 'accepted', 'accepted']);
        for (const id of ['u1', 'u2', 'u3'] as const) {
          expect(truth(id)).toEqual(skills[id]);
          expect(spoken?.(id)).toEqual(languages[id]);
          const own = canonical(await readOwn(provider, id));
          expect(own).toBe(canonical(list(skills[id], languages[id])));
        }
      });

      test('a write of one leaves the other as it is, byte for byte', async () => {
        const { provider, truth, spoken } = await bench();
        await send(
          provider,
          await gated(provider, { languages: { u1: { l1: 5 }, u2: { l3: 1 } } }),
        );
        expect(canonical(truth('u1'))).toBe(canonical(WORLD.users.u1));
        expect(spoken?.('u1')).toEqual({ l1: 5 });
        expect(spoken?.('u2')).toEqual({ l3: 1 });
        await change(provider, { u1: { s2: odd }, u3: { s1: 1 } });
        expect(spoken?.('u1')).toEqual({ l1: 5 });
        expect(spoken?.('u3')).toEqual(WORLD.speakers.u3);
      });

      test('the same write of both twice is the same as once', async () => {
        const { provider, truth, spoken } = await bench();
        const after = { skills: { u1: { s3: 3 } }, languages: { u1: { l3: 3 } } };
        const writes = await gated(provider, after);
        const sent = [...(await send(provider, writes)), ...(await send(provider, writes))];
        expect(sent.map((report) => report.sent)).toEqual(['accepted', 'accepted']);
        expect([truth('u1'), spoken?.('u1')]).toEqual([{ s3: 3 }, { l3: 3 }]);
      });
    });

    test('reading changes nothing', async () => {
      const { provider, truth } = await bench();
      await provider.fetch(scope);
      await provider.fetchOwn(Object.keys(WORLD.users));
      for (const [id, skills] of Object.entries(WORLD.users)) expect(truth(id)).toEqual(skills);
    });

    test('a batch has a size and lanes, and an aborted turn ends', async () => {
      const { provider } = await bench();
      for (const users of [1, 3, 1000]) {
        const { size, lanes } = provider.batching(users);
        expect(Math.min(size, lanes)).toBeGreaterThanOrEqual(1);
      }
      await expect(provider.turn(AbortSignal.abort())).resolves.toBeUndefined();
    });
  });
}
