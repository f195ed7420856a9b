// Loaded into a measured process: tells on standard error each package that is loaded.
import { writeSync } from 'node:fs';
import { createRequire, register } from 'node:module';

const hook = `import { writeSync } from 'node:fs';
export async function resolve(name, context, next) {
  const found = await next(name, context);
  if (found.url.includes('/node_modules/')) writeSync(2, 'loaded ' + found.url + '\\n');
  return found;
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
process.on('exit', () => {
  for (const file of Object.keys(createRequire(import.meta.url).cache))
    if (file.includes('/node_modules/')) writeSync(2, `loaded ${file}\n`);
});
