/**
 * Objects by their id, read by one `git cat-file --batch` that is started at the first read and again should it have
 * died. Answers come in the order of the questions.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { problem } from './codes.ts';
import type { Git } from './git.ts';

interface GitObject {
  readonly type: string;
  readonly bytes: Buffer;
}

export interface Objects {
  /** Null when the repository does not have it. */
  read(id: string): Promise<GitObject | null>;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (object: GitObject | null) => void;
  readonly reject: (error: Error) => void;
}

const OBJECT_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export function isObjectId(text: string): boolean {
  return OBJECT_ID.test(text);
}

export function openObjects(git: Git): Objects {
  const waiting: Waiting[] = [];
  let child: ChildProcessWithoutNullStreams | null = null;
  let ended: Promise<void> = Promise.resolve();

  const begin = () => {
    const started = git.start(['cat-file', '--batch']);
    const parse = answerParser((object) => waiting.shift()?.resolve(object));
    started.stdout.on('data', parse);
    started.stdin.on('error', () => undefined);
    started.stderr.resume();
    ended = new Promise((resolve) => {
      const over = () => {
        if (child === started) child = null;
        const lost = problem('git-failed', 'git cat-file ended before it had answered.');
        for (const one of waiting.splice(0)) one.reject(lost);
        resolve();
      };
      started.on('error', over);
      started.on('close', over);
    });
    return started;
  };

  return {
    read(id) {
      if (!isObjectId(id)) return Promise.resolve(null);
      child ??= begin();
      const { stdin } = child;
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        stdin.write(`${id}\n`);
      });
    },
    async close() {
      child?.stdin.end();
      await ended;
    },
  };
}

/** Takes the stream apart: `<id> <type> <size>`, that many bytes, a line break; or `<id> missing`. */
function answerParser(tell: (object: GitObject | null) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let length = 0;
  let head: { readonly type: string; readonly size: number } | null = null;

  const take = (bytes: number): Buffer => {
    const whole = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
    held = [whole.subarray(bytes)];
    length -= bytes;
    return whole.subarray(0, bytes);
  };
  const headEnds = () => {
    const whole = Buffer.concat(held);
    held = [whole];
    return whole.indexOf('\n');
  };
  const step = (): boolean => {
    if (head === null) {
      const end = headEnds();
      if (end < 0) return false;
      const [, type = '', size] = take(end + 1)
        .toString()
        .trimEnd()
        .split(' ');
      if (size === undefined) tell(null);
      else head = { type, size: Number(size) };
      return true;
    }
    if (length <= head.size) return false;
    const { type, size } = head;
    head = null;
    tell({ type, bytes: take(size + 1).subarray(0, size) });
    return true;
  };
  return (chunk) => {
    held.push(chunk);
    length += chunk.length;
    while (step());
  };
}
