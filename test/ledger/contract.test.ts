/** One contract: in memory, in a clone alone, on a remote, and on a branch of it. */
import { afterEach } from 'vitest';
import { memoryStore } from '../../src/ledger/memory.ts';
import { ledgerContract } from './contract.ts';
import { cleanUp, remoteOf, repositoryOf, sh, storeOf, tempFolder } from './world.ts';

afterEach(cleanUp);

ledgerContract('in memory', async () => memoryStore());
ledgerContract('in a clone', () => storeOf(repositoryOf(), { remote: null }));
ledgerContract('in a repository without a commit', () => {
  const dir = tempFolder();
  sh(dir, 'init', '-q', '-b', 'main');
  return storeOf(dir, { remote: null });
});
ledgerContract('in a repository with SHA-256 ids', () => {
  const dir = tempFolder();
  sh(dir, 'init', '-q', '-b', 'main', '--object-format=sha256');
  return storeOf(dir, { remote: null });
});
ledgerContract('on a remote', () => {
  const dir = repositoryOf();
  remoteOf(dir);
  return storeOf(dir);
});
ledgerContract('on a branch', () => {
  const dir = repositoryOf();
  remoteOf(dir);
  return storeOf(dir, { branch: 'muster/eu' });
});
