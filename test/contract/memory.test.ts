import { keyed } from '../../src/model/assignment.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { emailOf, skillName } from './narrowings.ts';
import { providerContract } from './provider.ts';

// As live lists hold them: fields that muster knows nothing of.
const ODD = { proficiency: 40, locked: true, note: { by: ['x', null], at: 0.1 } };

providerContract('memory', { odd: ODD, languages: true }, async (world) => {
  const { users, skills, languages, speakers, refuse, unreadable } = world;
  const provider = createMemory({
    users: Object.entries(users).map(([id, list]) => ({
      person: { id, email: emailOf(id), name: id, active: true },
      assignments: {
        skill: keyed(Object.entries(list)),
        language: keyed(Object.entries(speakers[id] ?? {})),
      },
      ...(id === unreadable ? { unreadable: 'Somebody hid it.' } : {}),
    })),
    catalogue: [
      ...skills.map((id) => ({ kind: 'skill', id, name: skillName(id) }) as const),
      ...languages.map((id) => ({ kind: 'language', id, name: skillName(id) }) as const),
    ],
    fault: (userId) => (userId === refuse ? 'refuse' : undefined),
  });
  return {
    provider,
    truth: (userId) => ({ ...provider.world.listOf(userId).skill }),
    spoken: (userId) => ({ ...provider.world.listOf(userId).language }),
    close: provider.close,
  };
});
