// Loaded into the built command: whoever sleeps is woken twenty times as soon. What time it is stays true.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const { setTimeout: sleep } = timers;
timers.setTimeout = (ms, ...others) => sleep(ms / 20, ...others);
syncBuiltinESMExports();
