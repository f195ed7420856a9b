/** What the Admin API's calls are made of. */
import type { World } from '../world.ts';
import type { Jobs } from './jobs.ts';

export interface AdminWorld extends World {
  readonly jobs: Jobs;
}
