import { expect, test } from 'vitest';
import { MusterError, PlatformError } from '../../src/model/error.ts';
import { errorJson, errorText } from '../../src/report/error.ts';
import { PLAIN, place } from './builders.ts';

test('an error is its code, its sentence and what to do next', () => {
  const error = new MusterError('glob-empty', 'The pattern matches no file.', {
    hint: 'Correct `rosters`.',
    place: place('muster.yaml', 4, 5),
  });
  expect(errorText(error, PLAIN)).toBe(
    [
      'error[glob-empty] muster.yaml:4:5  docs/errors.md#glob-empty',
      '  The pattern matches no file.',
      '  hint: Correct `rosters`.',
      '',
    ].join('\n'),
  );
  expect(JSON.parse(errorJson(error))).toEqual({
    error: {
      code: 'glob-empty',
      message: 'The pattern matches no file.',
      hint: 'Correct `rosters`.',
      place: { file: 'muster.yaml', line: 4, col: 5 },
      see: 'docs/errors.md#glob-empty',
    },
  });
});

test('what the platform answered is quoted, without what a terminal would obey', () => {
  const error = new PlatformError('scope-missing', 'The token may not write.', {
    effect: 'none',
    status: 403,
    platformMessage: 'nope\u001b[2J',
    requestId: 'r-1',
  });
  expect(errorText(error, PLAIN)).toBe(
    [
      'error[scope-missing]  docs/errors.md#scope-missing',
      '  The token may not write.',
      '  the platform answered HTTP 403',
      '  the platform said: nope',
      '  request r-1',
      '',
    ].join('\n'),
  );
  expect(JSON.parse(errorJson(error)).error).toEqual({
    code: 'scope-missing',
    message: 'The token may not write.',
    status: 403,
    platformMessage: 'nope\u001b[2J',
    requestId: 'r-1',
    effect: 'none',
    see: 'docs/errors.md#scope-missing',
  });
});

test('where no answer came, none is spoken of', () => {
  const error = new PlatformError('no-answer', 'No answer came.', { effect: 'unknown' });
  expect(errorText(error, PLAIN)).toBe(
    'error[no-answer]  docs/errors.md#no-answer\n  No answer came.\n',
  );
  expect(errorJson(error)).toContain('"effect": "unknown"');
});

test('what the sentence has said is not said twice', () => {
  const error = new PlatformError('unauthorized', 'The platform answered 401: No such token.', {
    effect: 'none',
    status: 401,
    platformMessage: 'No such token',
    requestId: 'r-1',
  });
  expect(errorText(error, PLAIN)).toBe(
    'error[unauthorized]  docs/errors.md#unauthorized\n  The platform answered 401: No such token.\n  request r-1\n',
  );
});
