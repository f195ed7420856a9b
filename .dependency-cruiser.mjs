// The arrows of the architecture (docs/architecture.md), one rule each with its reason. Checked by `npm run arch` and by
// test/architecture.test.ts, which also asserts how many modules were seen.

const pure = '^src/(model|diff|plan|report|rosters)/';
const below = (from, allowed, reason, name) => ({
  name,
  severity: 'error',
  comment: reason,
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      comment:
        'A cycle means that two modules are one; nobody can read, test or replace either alone.',
      from: {},
      to: { circular: true },
    },
    below(
      '^src/model/',
      '^src/model/',
      'The vocabulary imports nothing: every other module speaks it.',
      'model-is-the-bottom',
    ),
    below(
      '^src/diff/',
      '^src/(diff|model)/',
      'The differ compares keyed maps; it knows no file, platform or format.',
      'diff-sees-the-model',
    ),
    below(
      '^src/plan/',
      '^src/(plan|model)/',
      'A plan is made of diffs, as values; whoever makes the diffs hands them in.',
      'plan-sees-the-model',
    ),
    below(
      '^src/report/',
      '^src/(report|model)/',
      'Renderers turn values into text and never fetch what a value should carry.',
      'report-sees-the-model',
    ),
    below(
      '^src/desired/',
      '^src/(desired|model)/',
      'Files become desired state without knowing what is live or how it is read.',
      'desired-sees-the-model',
    ),
    below(
      '^src/rosters/',
      '^src/(rosters|desired|model)/',
      'Files are written by whoever has values for them; the writer knows what files say, not what is live or planned.',
      'rosters-see-what-files-say',
    ),
    below(
      '^src/pull/',
      '^src/(pull|rosters|desired|diff|model)/',
      'A pull compares as a plan does and writes as an edit does; it gets its provider handed in.',
      'pull-is-handed-its-provider',
    ),
    below(
      '^src/tables/',
      '^src/(tables|desired|model)/',
      'A spreadsheet is read and written beside what files say; what is live is handed in, and rosters are edited elsewhere.',
      'tables-see-what-files-say',
    ),
    below(
      '^src/http/',
      '^src/(http|model)/',
      'The transport knows nothing of skills: retries, pacing and tokens serve every provider.',
      'http-sees-the-model',
    ),
    below(
      '^src/ledger/',
      '^src/(ledger|model)/',
      "The ledger keeps values in git; what they mean for a plan is the differ's business.",
      'ledger-sees-the-model',
    ),
    below(
      '^src/apply/',
      '^src/(apply|model|diff|plan)/',
      'Apply reaches a platform through the Provider port alone.',
      'apply-through-the-port',
    ),
    below(
      '^src/providers/',
      '^src/(providers|model|http)/',
      'A provider fetches, normalizes and writes; it plans nothing.',
      'providers-plan-nothing',
    ),
    {
      name: 'providers-do-not-know-each-other',
      severity: 'error',
      comment:
        'What two platforms share stands beside them or in http/; a fix for one must not move another.',
      from: { path: '^src/providers/([^/]+)/' },
      to: { path: '^src/providers/[^/]+/', pathNot: '^src/providers/$1/' },
    },
    below(
      '^src/telemetry/',
      '^src/(telemetry|model)/',
      'Telemetry listens to events; what it would have to look up, an event should tell.',
      'telemetry-listens',
    ),
    {
      name: 'opentelemetry-stays-in-telemetry',
      severity: 'error',
      comment:
        'Nothing else knows how events are exported, and nothing of it is loaded unless that is wanted.',
      from: { path: '^src/', pathNot: '^src/telemetry/' },
      to: { path: 'node_modules/@opentelemetry' },
    },
    {
      name: 'opentelemetry-is-loaded-when-wanted',
      severity: 'error',
      comment: 'It costs 200 ms: without an exporter in the environment nobody should pay that.',
      from: { path: '^src/', pathNot: '^src/telemetry/' },
      to: {
        path: '^src/telemetry/',
        pathNot: '^src/telemetry/(trace|wanted)\\.ts$',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    below(
      '^src/forge/',
      '^src/(forge|model|http|report)/',
      'A forge is told texts and asked for them; what they mean for a plan is decided elsewhere.',
      'forges-carry-texts',
    ),
    {
      name: 'forges-do-not-know-each-other',
      severity: 'error',
      comment: 'What two forges share stands beside them; a fix for one must not move another.',
      from: { path: '^src/forge/([^/]+)/' },
      to: { path: '^src/forge/[^/]+/', pathNot: '^src/forge/$1/' },
    },
    {
      name: 'libraries-of-forges-stay-in-forge',
      severity: 'error',
      comment: 'They are heavy, and each is reached through the port alone.',
      from: { path: '^src/', pathNot: '^src/forge/' },
      to: { path: 'node_modules/@(octokit|gitbeaker)/' },
    },
    below(
      '^src/sandbox/',
      '^src/(sandbox|model)/',
      'The sandbox stands in for a platform: sharing code with the client would share its mistakes.',
      'sandbox-is-a-stranger',
    ),
    below(
      '^src/reconcile\\.ts$',
      '^src/(model|desired|diff|plan|apply)/',
      'The page that tells the story gets its provider handed in.',
      'reconcile-is-handed-its-provider',
    ),
    {
      name: 'nothing-imports-the-shell',
      severity: 'error',
      comment:
        'Only cli/ exits, prints and reads the clock; an import of it would bring all three along.',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'pure-core',
      severity: 'error',
      comment:
        'The same inputs give the same plan: no clock, randomness, environment, console or I/O in the core. Hashing is a function.',
      from: { path: pure },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'pure-tables',
      severity: 'error',
      comment:
        'The same bytes and rosters give the same changes: no clock, environment or I/O. Inflating is a function.',
      from: { path: '^src/tables/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?zlib$' },
    },
    {
      name: 'one-home-for-json-patch',
      severity: 'error',
      comment: 'Patches are made in one place, so that everybody diffs keyed maps the same way.',
      from: { path: '^src/', pathNot: '^src/diff/' },
      to: { path: 'node_modules/fast-json-patch' },
    },
    {
      name: 'undici-stays-in-http',
      severity: 'error',
      comment:
        'One transport: whatever talks to a platform is paced, time-limited and kept to allowed hosts.',
      from: { path: '^src/', pathNot: '^src/http/' },
      to: { path: 'node_modules/undici' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module nobody imports is not part of the program.',
      from: { orphan: true, pathNot: '^src/cli/main\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
