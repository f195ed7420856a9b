import { expect, test } from 'vitest';
import type { Want } from '../../../src/model/desired.ts';
import { normalizeGenesys } from '../../../src/providers/genesys/normalize.ts';
import { desiring, skillName } from '../../contract/narrowings.ts';
import { keyOf } from './support.ts';

test('a language is rounded as the platform rounds it, a skill is not', () => {
  const key = keyOf('u1');
  const files = desiring([key]);
  const [user] = files.users.values();
  const want = { ...(user?.wants.skill.get(skillName('s3')) as Want), proficiency: 3.6 };
  const wants = { skill: new Map([['Billing', want]]), language: new Map([['Spanish', want]]) };
  const person = { id: 'u1', email: key, active: true };
  const targets = normalizeGenesys(
    { ...files, users: new Map(user ? [[key, { ...user, wants }]] : []) },
    {
      users: new Map([['u1', { person, list: { proven: false, why: 'Not read.' } }]]),
      catalogue: [
        { kind: 'skill', id: 's1', name: 'Billing' },
        { kind: 'language', id: 'l1', name: 'Spanish' },
      ],
      directory: true,
    },
  );
  expect(targets.users).toMatchObject([
    { wants: { skill: { s1: { value: 3.6 } }, language: { l1: { value: 4 } } } },
  ]);
});
