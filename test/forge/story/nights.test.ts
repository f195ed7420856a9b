/** Nights, and a day on which something is taken back, on both forges: by the steps of the workflow files and of the template. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from './host.ts';
import { onGithub } from './on-github.ts';
import { onGitlab } from './on-gitlab.ts';
import { openScene, type Scene, TOKENS } from './scene.ts';

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 120_000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

describe.each([
  { name: 'GitHub', open: onGithub },
  { name: 'GitLab', open: onGitlab },
])('on $name', { timeout: TIMEOUT_MS }, ({ open }) => {
  let scene: Scene;
  let host: Host;

  beforeAll(async () => {
    scene = await openScene();
    host = await open(scene);
    const lent = `{ proficiency: 95, from: ${dayBefore(9)}, until: ${dayBefore(1)} }`;
    await scene.push(
      new Map([
        [0, `Billing: [40, ${lent}]`],
        [1, 'Billing: 50'],
        [2, 'Billing: 60'],
      ]),
    );
    const then = await scene.desk.muster(['apply', '--yes', '--quiet'], {
      at: Date.now() - 2 * DAY_MS,
      env: { PATH: process.env.PATH ?? '', USER: 'ana', MUSTER_EU_TOKEN: TOKENS.write },
    });
    expect(then.code, then.stderr).toBe(0);
    scene.shall(0, 'Billing', 95);
    scene.shall(1, 'Billing', 50);
    scene.shall(2, 'Billing', 60);
    scene.expectLive();
  }, TIMEOUT_MS);
  afterAll(() => host.close());
  afterEach(() => {
    scene.expectLive();
    expect(host.violations()).toEqual([]);
  });

  test('a loan that is over ends by itself', async () => {
    const { ok, printed } = await host.schedule();
    expect(ok, printed).toBe(true);
    scene.shall(0, 'Billing', 40);
  });

  test('what somebody changed by hand is in an issue, and proposed to be taken over', async () => {
    scene.byHand(1, 'Billing', 11);
    const { ok, printed } = await host.drift({ adopt: true });
    expect(ok, printed).toBe(true);
    const [issue] = host.issues();
    expect(issue).toMatchObject({ title: 'Skills have drifted in eu', open: true });
    const { branch, into, sent } = host.proposal();
    expect([branch, into]).toEqual(['muster/adopt-eu', 'main']);
    expect(sent).toContain('Billing: 11');
    expect(sent).toContain('Billing: 60');
    expect(sent).not.toContain('Billing: 50');
  });

  test('a night on which the platform could not be read is told as that, and closes nothing', async () => {
    scene.sandbox.setFaults([{ kind: 'status', status: 400, method: 'GET' }]);
    const { ok } = await host.drift();
    scene.sandbox.setFaults([]);
    expect(ok).toBe(false);
    const [issue] = host.issues();
    expect(issue).toMatchObject({ open: true, body: expect.stringContaining('failed') });
  });

  test('once it is put back, the issue is closed', async () => {
    scene.byHand(1, 'Billing', 50);
    const { ok, printed } = await host.drift();
    expect(ok, printed).toBe(true);
    expect(host.issues().map(({ open: isOpen }) => isOpen)).toEqual([false]);
  });

  test('somebody takes the newest run back; what makes the files agree is proposed', async () => {
    await scene.push(
      new Map([
        [0, 'Billing: 40'],
        [1, 'Billing: 50'],
        [2, 'Billing: 80'],
      ]),
    );
    const done = await scene.atDesk('apply', '--yes', '--quiet');
    expect(done.code, done.stderr).toBe(0);
    scene.shall(2, 'Billing', 80);
    scene.expectLive();
    const { ok, printed } = await host.recover('rollback');
    expect(ok, printed).toBe(true);
    scene.shall(2, 'Billing', 60);
    const { branch, into, sent } = host.proposal();
    expect([branch, into]).toEqual(['muster/agree-eu', 'main']);
    expect(sent).toContain('Billing: 60');
    expect(sent).not.toContain('Billing: 80');
  });

  test('whoever asks how things stand is told', async () => {
    const { ok, printed } = await host.recover('status');
    expect(ok, printed).toBe(true);
    expect(printed).toContain('rolled back');
  });
});
