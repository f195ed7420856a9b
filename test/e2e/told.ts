/** What a platform truly has of somebody's skills, in its own numbers, by the names that all platforms share. */
import type { Platform } from '../../src/model/platform.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

type Listed = readonly (readonly [id: string | undefined, value: unknown])[];

export function told(
  platform: Platform,
  { org: { users, skills }, ...sandbox }: Sandbox,
): (email: string) => ReadonlyMap<string | undefined, unknown> {
  const nameOf = new Map(skills.map(({ id, name }) => [id, name]));
  const numbered = new Map(skills.map(({ id }) => [sandbox.cxone.skillId(id), id]));
  const listOf = (userId: string): Listed => {
    switch (platform) {
      case 'admin':
        return sandbox.skillsOf(userId).map(({ skillId, proficiency }) => [skillId, proficiency]);
      case 'genesys':
        return sandbox.genesys.listsOf(userId).skills.map((own) => [own.id, own.proficiency]);
      case 'cxone':
        return sandbox.cxone
          .rowsOf(sandbox.cxone.agentId(userId))
          .filter(({ isActive }) => isActive)
          .map((row) => [numbered.get(row.skillId), row.proficiency]);
    }
  };
  return (email) => {
    const userId = users.find((user) => user.email === email)?.id ?? '';
    return new Map(listOf(userId).map(([id, value]) => [nameOf.get(id ?? ''), value]));
  };
}
