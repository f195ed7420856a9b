/** Skills that must keep a number of holders. Refuses only what the plan itself makes worse. */
import type { Coverage } from '../../model/guard.ts';
import type { GuardVerdict } from '../../model/plan.ts';
import { holds, type People, peopleOf, type Wanted } from './holders.ts';
import type { Judged } from './input.ts';
import { count, named, quoted, told, verdict } from './words.ts';

/** What one line of `coverage` comes to, in a sentence. */
interface Line {
  readonly passed: boolean;
  readonly sentence: string;
}

export function judgeCoverage(judged: Judged): GuardVerdict | undefined {
  const { coverage } = judged.guards;
  if (coverage.length === 0) return undefined;
  const people = peopleOf(judged);
  const countable = isWhole(judged, people);
  const lines = coverage.map((line) => look(line, { judged, people, countable }));
  const refused = lines.filter(({ passed }) => !passed);
  const message = told((refused.length > 0 ? refused : lines).map(({ sentence }) => sentence));
  const unseen = count(people.unknown, 'active person', 'active people');
  const besides =
    countable && people.unknown > 0 ? ` Not counted: ${unseen} whose list is not known.` : '';
  return verdict('coverage', refused.length === 0, message + besides);
}

/** Whether all that a narrowed plan did not ask for was read as well. Of a whole plan, all is taken in that can be. */
function isWhole({ narrowed, live, desired }: Judged, people: People): boolean {
  if (!narrowed) return true;
  return live.directory && people.unknown === 0 && live.users.size >= desired;
}

interface Sight {
  readonly judged: Judged;
  readonly people: People;
  readonly countable: boolean;
}

function look(line: Coverage, { judged, people, countable }: Sight): Line {
  const { idsOf, better } = judged;
  const ids = idsOf(line.skill);
  if (ids.length === 0)
    return {
      passed: false,
      sentence: `Holders of ${quoted(line.skill)} cannot be counted: the platform has no such skill.`,
    };
  const wanted: Wanted = { ids, better, ...(line.atLeast && { atLeast: line.atLeast }) };
  return countable ? counted(line, wanted, people) : uncounted(line, wanted, people);
}

function counted(line: Coverage, wanted: Wanted, { still, changed }: People): Line {
  const others = still.filter((list) => holds(list, wanted)).length;
  const before = others + changed.filter((user) => holds(user.before, wanted)).length;
  const after = others + changed.filter((user) => holds(user.after, wanted)).length;
  const held = `${nameOf(line)} has ${count(before, 'holder', 'holders')}, and ${after} after the plan`;
  const needed = `${line.users} ${line.users === 1 ? 'is' : 'are'} needed`;
  const short = after < line.users && after >= before ? ', which the plan makes no worse' : '';
  return {
    passed: after >= line.users || after >= before,
    sentence: `${held}; ${needed}${short}.`,
  };
}

/** Of a part of the org nobody can tell how many are left, so whoever loses it is one too many. */
function uncounted(line: Coverage, wanted: Wanted, { changed }: People): Line {
  const losing = changed.filter((user) => holds(user.before, wanted) && !holds(user.after, wanted));
  const whom =
    losing.length === 0
      ? 'nobody'
      : `${losing.length} of them: ${named(losing.map(({ key }) => key))}`;
  return {
    passed: losing.length === 0,
    sentence: `Holders of ${nameOf(line)} cannot be counted in a narrowed plan; it takes it from ${whom}.`,
  };
}

function nameOf({ skill, atLeast }: Coverage): string {
  if (!atLeast) return quoted(skill);
  const from = atLeast.level === undefined ? atLeast.proficiency : quoted(atLeast.level);
  return `${quoted(skill)} at ${from} or better`;
}
