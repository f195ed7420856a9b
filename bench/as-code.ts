/**
 * What CX as Code does about one person's skills, call by call: for a plan it reads the person, the skills and the
 * languages; for a change it reads the profile and writes it whole, reads the skills, deletes what goes one by one, merges
 * what comes, reads the languages, and reads all three again. Counted where it counts: at the platform.
 */
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';

export interface TheirCost {
  readonly plan: number;
  readonly perChange: number;
  readonly perRemoval: number;
}

/** A plan of `users` people, then a change of as many, then one that takes something from `losers` of them. */
export async function asCode(users: number, losers: number): Promise<TheirCost> {
  const sandbox = await startSandbox({ platform: 'genesys', users, rates: { calls: 0 } });
  try {
    const ids = sandbox.org.users.map(({ id }) => id);
    const counted = async (people: readonly string[], work: (id: string) => Promise<void>) => {
      sandbox.clearRequests();
      for (const id of people) await work(id);
      return sandbox.counters.requests;
    };
    const fraud = sandbox.org.skills.find(({ name }) => name === 'Fraud')?.id ?? '';
    const call = callerOf(sandbox);
    const some = ids.slice(0, losers);
    return {
      plan: await counted(ids, (id) => readAll(call, id)),
      perChange: (await counted(ids, (id) => change(call, id, { add: fraud }))) / users,
      perRemoval: (await counted(some, (id) => change(call, id, { remove: fraud }))) / losers,
    };
  } finally {
    await sandbox.close();
  }
}

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

function callerOf({ url, token }: Sandbox): Call {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api/v2/users/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.text();
  };
}

async function readAll(call: Call, id: string): Promise<void> {
  await call('GET', `${id}?expand=skills,languages`);
  await call('GET', `${id}/routingskills?pageSize=100`);
  await call('GET', `${id}/routinglanguages?pageSize=100`);
}

interface Change {
  readonly add?: string;
  readonly remove?: string;
}

async function change(call: Call, id: string, { add, remove }: Change): Promise<void> {
  await call('GET', id);
  // The sandbox knows no such call and refuses it, which costs as much.
  await call('PATCH', id, { version: 1 });
  await call('GET', `${id}/routingskills?pageSize=100`);
  if (remove !== undefined) await call('DELETE', `${id}/routingskills/${remove}`);
  if (add !== undefined) {
    await call('PATCH', `${id}/routingskills/bulk`, [{ id: add, proficiency: 2.6 }]);
  }
  await call('GET', `${id}/routinglanguages?pageSize=100`);
  await readAll(call, id);
}
