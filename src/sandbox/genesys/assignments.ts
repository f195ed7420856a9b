/** The calls about one user's skills and languages, in the words with which the API description lets each of them refuse. */
import type { Kind } from '../../model/assignment.ts';
import { json } from '../answer.ts';
import type { Need, Route } from '../call.ts';
import type { World } from '../world.ts';
import {
  addOne,
  changeOne,
  type Handler,
  mergeAll,
  readList,
  removeOne,
  replaceAll,
  type Words,
} from './lists.ts';
import { ROUTING } from './person.ts';

const READ: readonly Need[] = [{ kind: 'scope', anyOf: ['users', 'users:readonly'] }];
const ASSIGN: Readonly<Record<Kind, readonly string[]>> = {
  skill: ['routing:skill:assign'],
  language: ['routing:skill:assign', 'routing:language:assign'],
};

interface ListRoute {
  readonly method: Route['method'];
  /** Behind the user's list. */
  readonly path: '' | '/bulk' | '/{itemId}';
  readonly handler: Handler;
  readonly words: Words;
}

const RESOURCE = 'general.resource.not.found';
const NOTHING: Words = { notFound: ['not.found', 'The requested resource was not found.'] };

const SKILLS: readonly ListRoute[] = [
  {
    method: 'GET',
    path: '',
    handler: readList,
    words: { notFound: [RESOURCE, 'The route skill specified not found'] },
  },
  {
    method: 'POST',
    path: '',
    handler: addOne,
    words: {
      notFound: [RESOURCE, 'The route skill specified not found'],
      conflict: 'Conflict found adding route skill to user.',
    },
  },
  {
    method: 'PUT',
    path: '/bulk',
    handler: replaceAll,
    words: {
      notFound: [RESOURCE, 'One or more route skill(s) not found'],
      conflict: 'Conflicts found replacing routing skills for user',
    },
  },
  { method: 'PATCH', path: '/bulk', handler: mergeAll, words: NOTHING },
  { method: 'PUT', path: '/{itemId}', handler: changeOne, words: NOTHING },
  {
    method: 'DELETE',
    path: '/{itemId}',
    handler: removeOne(json({})),
    words: { notFound: [RESOURCE, 'Resource not found'] },
  },
];

const LANGUAGES: readonly ListRoute[] = [
  {
    method: 'GET',
    path: '',
    handler: readList,
    words: { notFound: [RESOURCE, 'User not found'] },
  },
  {
    method: 'POST',
    path: '',
    handler: addOne,
    words: { ...NOTHING, conflict: 'Conflict adding route language to user' },
  },
  { method: 'PATCH', path: '/bulk', handler: mergeAll, words: NOTHING },
  { method: 'PATCH', path: '/{itemId}', handler: changeOne, words: NOTHING },
  {
    method: 'DELETE',
    path: '/{itemId}',
    handler: removeOne({ status: 204, headers: {}, body: '' }),
    words: { notFound: [RESOURCE, 'Routing language was not found.'] },
  },
];

export function assignmentRoutes(world: World): readonly Route[] {
  return [
    ...SKILLS.map((route) => routeOf(world, 'skill', route)),
    ...LANGUAGES.map((route) => routeOf(world, 'language', route)),
  ];
}

function routeOf(world: World, kind: Kind, { method, path, handler, words }: ListRoute): Route {
  return {
    method,
    path: `/api/v2/users/{userId}/${ROUTING[kind]}${path}`,
    access: 'calls',
    needs: method === 'GET' ? READ : [WRITE, { kind: 'permission', anyOf: ASSIGN[kind] }],
    handle: (call, params) => handler({ world, kind, words }, call, params),
  };
}

const WRITE: Need = { kind: 'scope', anyOf: ['users'] };
