import { createGithub } from '../../src/forge/github/index.ts';
import { createGitlab } from '../../src/forge/gitlab/index.ts';
import { BASE, forgeContract, HEAD, MERGED, OWN } from './contract.ts';
import { githubStandIn } from './github/stand-in.ts';
import { gitlabStandIn, OTHER } from './gitlab/stand-in.ts';
import { createMemoryForge } from './memory.ts';

const OWN_COMMITS = [
  { sha: OWN[0], message: 'First' },
  { sha: OWN[1], message: 'Second\n\nMuster-Allow: removals: site closed' },
];

forgeContract('in memory', async () => {
  const at = { url: 'memory:', body: '', labels: [] };
  const forge = createMemoryForge([
    { ...at, number: 1, head: HEAD, base: { branch: 'main', commit: BASE }, state: 'open' },
    {
      ...{
        ...at,
        number: 2,
        head: OWN[1],
        base: { branch: 'main', commit: BASE },
        state: 'merged',
      },
      commits: OWN_COMMITS.map(({ sha, message }) => ({ commit: sha, message })),
      mergedAs: [MERGED],
    },
  ]);
  const { comments, issues } = forge.written;
  const newest = (number: number, over: object) => {
    const all = comments.get(number) ?? [];
    const last = all.pop();
    if (last !== undefined) all.push({ ...last, ...over });
  };
  return {
    forge,
    comment: (number, body) => {
      const all = comments.get(number) ?? [];
      const id = `other-${all.length}`;
      comments.set(number, [
        ...all,
        { id, url: 'memory:', body, mine: false, hidden: false, edited: false },
      ]);
    },
    edit: (number, body) => newest(number, { body, edited: true }),
    minimize: (number) => {
      newest(number, { hidden: true });
      return true;
    },
    issue: (body, label) => {
      const number = issues.length + 1;
      issues.push({ number, url: '', title: '', body, open: true, mine: false, label });
    },
    keep: (org, head, text) => void forge.written.kept.push({ org, head, text }),
    violations: () => [],
    close: () => forge.close(),
  };
});

forgeContract('GitHub', async () => {
  const github = await githubStandIn();
  const base = { ref: 'main', sha: BASE };
  github.pull(1, { head: { ref: 'pr', sha: HEAD }, base });
  github.pull(2, {
    ...{ head: { ref: 'other', sha: OWN[1] }, base, state: 'closed' },
    ...{ merged_at: '2026-11-23T10:00:00Z', commits: OWN_COMMITS, mergedAs: [MERGED] },
  });
  const forge = await createGithub({
    ...{ api: new URL(github.url), owner: 'acme', repo: 'skills' },
    ...{ token: 'forge-token', agent: 'muster/test' },
  });
  const newest = (number: number) =>
    github.state.comments.filter((one) => one.number === number).at(-1);
  return {
    forge,
    comment: (number, body) => {
      github.comment(number, body, 'mallory');
    },
    edit: (number, body) => {
      Object.assign(newest(number) ?? {}, { body, editor: 'mallory' });
    },
    minimize: (number) => {
      Object.assign(newest(number) ?? {}, { minimized: true });
      return true;
    },
    issue: (body, label) => {
      const { issues } = github.state;
      const number = 500 + issues.length;
      issues.push({ number, title: '', body, state: 'open', author: 'mallory', labels: [label] });
    },
    keep: (org, head, text) => {
      const files = { [`${org}.json`]: text, 'notes.txt': 'x' };
      github.state.artifacts.push({ name: `muster-plan-${org}`, head, files });
    },
    violations: () => github.state.violations,
    async close() {
      await forge.close();
      await github.close();
    },
  };
});

forgeContract('GitLab', async () => {
  const gitlab = await gitlabStandIn();
  const base = { diff_refs: { base_sha: BASE } };
  gitlab.merge(1, { ...base, sha: HEAD });
  gitlab.merge(2, {
    ...{ ...base, sha: OWN[1], state: 'merged', mergedAs: [MERGED] },
    commits: OWN_COMMITS.map(({ sha, message }) => ({ id: sha, message })),
  });
  const forge = await createGitlab({
    ...{ api: new URL(`${gitlab.url}/api/v4`), project: 'acme/skills' },
    ...{ token: 'forge-token', tokenKind: 'private', sleep: async () => undefined },
  });
  gitlab.note(1, 'added 1 commit', true);
  return {
    forge,
    comment: (number, body) => {
      gitlab.note(number, body);
    },
    edit: (number, body) => {
      const newest = gitlab.state.notes.filter(({ iid }) => iid === number).at(-1);
      Object.assign(newest ?? {}, { body, editor: OTHER });
    },
    minimize: () => false,
    issue: (description, label) => {
      const { issues } = gitlab.state;
      const iid = issues.length + 1;
      issues.push({ iid, title: '', description, state: 'opened', author: OTHER, labels: [label] });
    },
    keep: (org, head, text) => void gitlab.state.jobs.push({ sha: head, org, text }),
    violations: () => gitlab.state.violations,
    async close() {
      await forge.close();
      await gitlab.close();
    },
  };
});
