import { keyed, NO_ASSIGNMENTS } from '../../src/model/assignment.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { emailOf, skillName } from './narrowings.ts';
import { providerContract } from './provider.ts';

// As live lists hold them: fields that muster knows nothing of.
const ODD = { proficiency: 40, locked: true, note: { by: ['x', null], at: 0.1 } };

providerContract('memory', ODD, async ({ users, skills, refuse, unreadable }) => {
  const provider = createMemory({
    users: Object.entries(users).map(([id, list]) => ({
      person: { id, email: emailOf(id), name: id, active: true },
      assignments: { ...NO_ASSIGNMENTS, skill: keyed(Object.entries(list)) },
      ...(id === unreadable ? { unreadable: 'Somebody hid it.' } : {}),
    })),
    catalogue: skills.map((id) => ({ kind: 'skill', id, name: skillName(id) })),
    fault: (userId) => (userId === refuse ? 'refuse' : undefined),
  });
  return {
    provider,
    truth: (userId) => ({ ...provider.world.listOf(userId).skill }),
    close: provider.close,
  };
});
