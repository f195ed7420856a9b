/** The calls of CXone. One bucket pays for all of them; any version of the services answers the same. */
import type { Call, Need, Params, Route } from '../call.ts';
import { SERVICES } from './dialect.ts';
import { listAgents, listAssignments, listOwn, listSkills, readBusinessUnit } from './listings.ts';
import {
  DISCOVERY,
  discover,
  GLOBAL,
  REGIONAL,
  signInGlobally,
  signInRegionally,
} from './sign-in.ts';
import { create, modify, remove, type Step } from './steps.ts';
import type { CxoneWorld } from './world.ts';
import { writeMany, writeOwn } from './writes.ts';

const SEE: Need = { kind: 'permission', anyOf: ['view'] };
const CHANGE: Need = { kind: 'permission', anyOf: ['edit'] };

export function cxoneRoutes(world: CxoneWorld): readonly Route[] {
  const open = { access: 'open', needs: [] } as const;
  return [
    { ...open, method: 'POST', path: GLOBAL, handle: (call) => signInGlobally(world, call) },
    { ...open, method: 'POST', path: REGIONAL, handle: (call) => signInRegionally(world, call) },
    { ...open, method: 'GET', path: DISCOVERY, handle: (call) => discover(world, call) },
    ...reads(world),
    ...writes(world),
  ];
}

function reads(world: CxoneWorld): readonly Route[] {
  const read = (path: string, handle: Route['handle']): Route => {
    return {
      method: 'GET',
      path: `${SERVICES}{version}${path}`,
      access: 'calls',
      needs: [SEE],
      handle,
    };
  };
  return [
    read('/agents', (call) => listAgents(world, call)),
    read('/skills', (call) => listSkills(world, call)),
    read('/agents/skills', (call) => listAssignments(world, call)),
    read('/agents/{agentId}/skills', (call, params) => listOwn(world, call, params)),
    read('/business-unit', () => readBusinessUnit(world)),
  ];
}

function writes(world: CxoneWorld): readonly Route[] {
  const write = (method: Route['method'], path: string, handle: Route['handle']): Route => {
    return {
      method,
      path: `${SERVICES}{version}${path}`,
      access: 'calls',
      needs: [CHANGE],
      handle,
    };
  };
  const own = (step: Step) => (call: Call, params: Params) =>
    writeOwn(world, step, { call, params });
  return [
    write('POST', '/agents/skills', (call) => writeMany(world, call)),
    write('POST', '/agents/{agentId}/skills', own(create)),
    write('PUT', '/agents/{agentId}/skills', own(modify)),
    write('DELETE', '/agents/{agentId}/skills', own(remove)),
  ];
}
