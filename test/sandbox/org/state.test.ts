import { expect, test } from 'vitest';
import type { Org, OrgAssignment } from '../../../src/sandbox/org/org.ts';
import { OrgState } from '../../../src/sandbox/org/state.ts';

const has = (id: string, kind: 'skill' | 'language' = 'skill'): OrgAssignment => {
  return { kind, id, value: 50 };
};

function world(...assignments: OrgAssignment[]) {
  const someone = { id: 'u1', email: 'ana@example.com', name: 'Ana', team: 'a', assignments };
  const org: Org = {
    id: 'o',
    skills: [{ kind: 'skill', id: 's1', name: 'One' }],
    users: [someone],
  };
  return { state: new OrgState(org), someone };
}

test('a replacement takes the whole list of its kind and leaves the other kind alone', () => {
  const { state, someone } = world(has('s1'), has('l1', 'language'));
  state.replace(someone, { kind: 'skill', list: [has('s2')], at: 0, lagMs: 0 });
  expect(someone.assignments).toEqual([has('l1', 'language'), has('s2')]);
});

test('reads lag behind each write by its own time', () => {
  const { state, someone } = world(has('s1'));
  state.replace(someone, { kind: 'skill', list: [has('s2')], at: 100, lagMs: 50 });
  state.replace(someone, { kind: 'skill', list: [has('s3')], at: 120, lagMs: 50 });
  expect(state.visible(someone, 149)).toEqual([has('s1')]);
  expect(state.visible(someone, 150)).toEqual([has('s2')]);
  expect(state.visible(someone, 170)).toEqual([has('s3')]);
  expect(someone.assignments).toEqual([has('s3')]);
});

test('a change that shows at once ends the lag of those before', () => {
  const { state, someone } = world(has('s1'));
  state.replace(someone, { kind: 'skill', list: [has('s2')], at: 100, lagMs: 50 });
  state.replace(someone, { kind: 'skill', list: [has('s3')], at: 110, lagMs: 0 });
  expect(state.visible(someone, 111)).toEqual([has('s3')]);
});

test('ids that are inherited property names are nobody and nothing', () => {
  const { state } = world();
  expect(state.user('constructor')).toBeUndefined();
  expect(state.skill('skill', '__proto__')).toBeUndefined();
  expect(state.skill('language', 's1')).toBeUndefined();
});
