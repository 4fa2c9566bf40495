/**
 * The house of src/README.md as rules: domain ← aws, cache, theme, emulator ← sync, triage ← app ← services, ui, cli ← main.
 * Each rule carries the sentence that explains it.
 */
const room = (name, mayImport, comment) => ({
  name: `${name}-imports`,
  comment,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...mayImport].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    room('domain', [], 'The vocabulary is pure: it knows nothing of the rest of the program.'),
    room('aws', ['domain'], 'The gateway translates; it neither stores nor decides.'),
    room('cache', ['domain'], 'The store keeps; it neither fetches nor decides.'),
    room('theme', ['domain'], 'A theme is data.'),
    room(
      'emulator',
      ['domain'],
      'The emulator stands on the far side of the wire: it must not share code with the client.',
    ),
    room('sync', ['domain'], 'Sync declares the ports it needs; it does not know who fills them.'),
    room('triage', ['domain'], 'Triage declares the ports it needs; it does not know who fills them.'),
    room(
      'app',
      ['domain', 'theme', 'sync', 'triage'],
      'The console without a screen: no Ink, no I/O, no SDK, no database.',
    ),
    room(
      'services',
      ['domain', 'aws', 'cache', 'theme', 'sync', 'triage', 'app', 'emulator'],
      'Services join the rooms below; they draw nothing.',
    ),
    room('ui', ['domain', 'theme', 'triage', 'app'], 'Screens are functions of (state, theme).'),
    room(
      'cli',
      ['domain', 'theme', 'sync', 'triage', 'app', 'services', 'ui'],
      'Commands run over services.',
    ),
    {
      name: 'sdk-only-in-aws',
      comment: 'Only src/aws speaks to the SDK, so that its shapes and errors stop there.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/aws/' },
      to: { path: 'node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'sqlite-only-in-cache',
      comment: 'Only src/cache knows that the store is SQLite.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cache/' },
      to: { path: '^(node:)?sqlite$', dependencyTypes: ['core'] },
    },
    {
      name: 'ink-only-in-ui',
      comment: 'Everything but the screens runs without a screen.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui|cli)/' },
      to: { path: 'node_modules/(ink|react|ink-table)/' },
    },
    {
      name: 'pure-rooms',
      comment:
        'domain and app are pure: input to output, nothing of the machine (node:crypto hashes are pure).',
      severity: 'error',
      from: { path: '^src/(domain|app)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'no-test-in-product',
      comment: 'The product never imports its tests.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependency',
      comment: 'What ships may only use what is installed with it (types are erased).',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg'],
        dependencyTypesNot: ['type-only'],
        pathNot: '@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
