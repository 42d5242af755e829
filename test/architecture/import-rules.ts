/** The import rules of src/. ARCHITECTURE.md explains them; `test/architecture.test.ts` enforces them. */

/** A file of src/, or a module with a slash at its end. */
export type Place = string

/** The layer of each module. A module imports only from lower layers. */
export const LAYERS: ReadonlyMap<string, number> = new Map([
  ['cli', 7],
  ['runners', 7],
  ['report', 6],
  ['incident', 5],
  ['query', 5],
  ['session', 4],
  ['pact', 4],
  ['outcomes', 4],
  ['formats', 4],
  ['nock', 4],
  ['recorder', 3],
  ['replayer/engine', 3],
  ['replayer/adapters', 3],
  ['provider', 3],
  ['page', 3],
  ['archive', 2],
  ['recording', 2],
  ['config', 2],
  ['matching', 2],
  ['redaction', 1],
  ['contract', 1],
  ['protocol', 0],
  ['listener', 0],
  ['package', 0],
  ['message', 0],
])

/** The only imports between modules of one layer, from the first to the second, each with its reason. */
export const PAIRS: readonly { from: string; to: string; reason: string }[] = [
  { from: 'protocol', to: 'message', reason: 'a body that cannot be read is a HarnessError' },
  { from: 'listener', to: 'message', reason: 'a port that is taken is a HarnessError' },
  { from: 'package', to: 'message', reason: 'a Node.js that is too old is a HarnessError' },
  { from: 'redaction', to: 'contract', reason: 'account ids are found inside ARNs' },
  { from: 'archive', to: 'recording', reason: 'a line of an archive holds an exchange' },
  { from: 'archive', to: 'matching', reason: 'an archive is indexed by the identity of requests' },
  {
    from: 'replayer/adapters',
    to: 'replayer/engine',
    reason: 'an adapter connects a client to the engine',
  },
  { from: 'formats', to: 'nock', reason: 'definitions of nock are an import format' },
]

/** The files in the root of src/: one for each path in `exports` of package.json. They may import every module but `NOT_IN_ENTRY_POINTS`, and no file imports them. */
export const ENTRY_POINTS: readonly Place[] = [
  'agent.ts',
  'arbitraries.ts',
  'fetch.ts',
  'incident.ts',
  'index.ts',
  'jest.ts',
  'matchers.ts',
  'msw.ts',
  'nock.ts',
  'outcomes.ts',
  'pact.ts',
  'recorder.ts',
  'register.ts',
  'sdk.ts',
  'server.ts',
  'session.ts',
  'vitest-reporter.ts',
  'vitest.ts',
]

/** Entry points belong to the library; whatever touches the terminal stays out of them. */
export const NOT_IN_ENTRY_POINTS: readonly string[] = ['cli']

/** Files of a module that other modules may import in addition to its `index.ts`, each with its reason. */
export const EXTRA_ENTRY_POINTS: ReadonlyMap<Place, string> = new Map([
  ['package/node-version.ts', 'importing it checks the version of Node.js'],
  ['replayer/adapters/msw.ts', 'it loads msw, an optional peer'],
  ['recorder/signing.ts', 'it loads the signer of the AWS SDK, which only AWS upstreams need'],
  ['recorder/session.ts', 'it loads the interceptors, which a recorder of commands does not need'],
  ['session/register.ts', 'importing it starts a session'],
  ['outcomes/arbitraries.ts', 'it loads fast-check, an optional peer'],
  ['runners/jest.ts', 'it loads jest and registers matchers'],
  ['runners/vitest.ts', 'it loads vitest and registers matchers'],
  ['runners/vitest-reporter.ts', 'vitest loads it in the main process, where fixtures cannot be'],
])

/** A place where an external module may be imported; with `names`, only these names of it. */
export interface AllowedImport {
  place: Place
  names?: readonly string[]
}

const HTTP_CLIENT = [
  'request',
  'Agent',
  'AgentOptions',
  'ClientRequest',
  'IncomingHttpHeaders',
  'IncomingMessage',
  'OutgoingHttpHeaders',
  'RequestOptions',
]

/** The places that may import each external package, and each builtin that reaches out of the process. An empty list: no place in src/. */
export const ALLOWED_IMPORTS: ReadonlyMap<string, readonly AllowedImport[]> = new Map([
  ['msw', [{ place: 'replayer/adapters/msw.ts' }]],
  [
    '@mswjs/interceptors',
    [{ place: 'recorder/' }, { place: 'replayer/adapters/held-requests.ts' }],
  ],
  ['commander', [{ place: 'cli/' }]],
  ['@aws-sdk/client-ecs', [{ place: 'cli/' }]], // the demo's own client
  ['node:readline/promises', [{ place: 'cli/commands/init/' }]], // the question of init
  ['nock', [{ place: 'nock/nock-recording.ts' }]], // fetched when a recording starts: an import of it patches the process
  ['@smithy/signature-v4', [{ place: 'recorder/signing.ts' }]],
  ['@aws-sdk/credential-provider-node', [{ place: 'recorder/signing.ts' }]],
  ['@secretlint/core', [{ place: 'redaction/secret-scan.ts' }]],
  ['@secretlint/secretlint-rule-preset-recommend', [{ place: 'redaction/secret-scan.ts' }]],
  ['fast-check', [{ place: 'outcomes/' }]], // behind outcomes/arbitraries.ts
  ['@duckdb/node-api', [{ place: 'query/duckdb.ts' }]],
  ['@aws-sdk/client-s3', [{ place: 'query/s3-objects.ts' }]],
  ['@aws-sdk/client-athena', [{ place: 'query/athena.ts' }]], // asked only where the user typed its name
  ['ajv', []],
  ['@pact-foundation/pact', []], // found by where it is installed, and loaded when a mock service or a verification needs it
  ['refa', [{ place: 'pact/language.ts' }]],
  ['@observablehq/plot', [{ place: 'page/plot.ts' }]],
  ['linkedom', [{ place: 'page/plot.ts' }]],
  ['csv-parse', [{ place: 'formats/cloudtrail.ts' }]],
  ['@eslint-community/regexpp', [{ place: 'pact/language.ts' }]],
  ['vitest', [{ place: 'runners/' }]],
  ['@jest/globals', [{ place: 'runners/jest.ts' }]],
  ['expect', [{ place: 'runners/jest.ts' }]], // its types alone, which jest's matchers extend
  // the store, what a re-recording left, the configuration file, the state file, the terminal's files, this package's own files
  [
    'node:fs',
    [
      { place: 'recording/' },
      { place: 'redaction/pseudonym.ts' },
      { place: 'archive/' },
      { place: 'recorder/' },
      { place: 'session/plan.ts' },
      { place: 'config/config-file.ts' },
      { place: 'replayer/engine/usage.ts' },
      { place: 'package/root.ts' },
      { place: 'replayer/engine/fault-file.ts' },
      { place: 'provider/' },
      { place: 'pact/' },
      { place: 'query/' },
      { place: 'cli/' },
    ],
  ],
  [
    'node:fs/promises',
    [{ place: 'recording/store.ts' }, { place: 'provider/' }, { place: 'cli/' }],
  ],
  [
    'node:http',
    [
      { place: 'listener/' },
      { place: 'recorder/', names: HTTP_CLIENT },
      { place: 'pact/mock-service.ts', names: HTTP_CLIENT },
    ],
  ],
  [
    'node:https',
    [
      { place: 'recorder/', names: HTTP_CLIENT },
      { place: 'listener/' }, // with a certificate
      { place: 'replayer/adapters/agent.ts', names: ['Agent'] }, // for its type and pooling: what it opens stays in the process
    ],
  ],
  ['node:child_process', [{ place: 'cli/' }, { place: 'recorder/exit.ts' }, { place: 'pact/' }]], // commands; what finishes a journal when the process ends
  [
    'node:module',
    [
      { place: 'cli/bin.ts' }, // the compile cache; fetched by getBuiltinModule, so that --version does not load it
      { place: 'cli/commands/drift/sources.ts', names: ['createRequire'] }, // the caller's own SDK
      { place: 'pact/', names: ['createRequire'] }, // Pact's native part, where the user installed it
    ],
  ],
  [
    'node:os',
    [
      { place: 'cli/' }, // signal numbers
      { place: 'recorder/', names: ['hostname'] }, // whose lock or journal it is
      { place: 'recording/lock.ts', names: ['hostname'] },
      { place: 'query/ask.ts', names: ['tmpdir'] }, // a passing archive
    ],
  ],
  ['node:stream/consumers', [{ place: 'cli/' }]], // standard input
  ['node:net', []],
])

/** Builtins that only compute. What they hold of chance (`randomUUID` of node:crypto) is watched by `CLOCK_AND_CHANCE`. */
export const PURE_BUILTINS: readonly string[] = [
  'node:assert',
  'node:async_hooks',
  'node:buffer',
  'node:crypto',
  'node:diagnostics_channel',
  'node:events',
  'node:path',
  'node:stream',
  'node:string_decoder',
  'node:url',
  'node:util',
  'node:zlib',
]

/** The highest layer that reads no clock and draws no random number. Callers pass both in. */
export const LAST_LAYER_WITHOUT_CLOCK = 2

/** Text that reads a clock, waits, or draws a random number. `new Date(value)` only converts. */
export const CLOCK_AND_CHANCE: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date(?:\(\s*\)|(?!\w|\s*\())/,
  /\bperformance\.now\b/,
  /\bprocess\.hrtime\b/,
  /\bMath\.random\b/,
  /\brandom(?:UUID|Bytes|Int)\b/,
  /\bgetRandomValues\b/,
  /\bsetTimeout\b/,
  /\bsetInterval\b/,
  /\bAbortSignal\.timeout\b/,
]

/** The places in these layers that need a clock or a random number all the same, each with its reason. */
export const CLOCK_EXCEPTIONS: ReadonlyMap<Place, string> = new Map([
  ['listener/', 'a graceful stop waits for responses under way, but not for ever'],
  ['recording/journal.ts', 'a disk that turns out to be slow is left to another thread'],
  ['redaction/pseudonym.ts', 'the key of pseudonyms is drawn once, and kept out of repositories'],
  ['recording/index-cache.ts', 'an index of a file that was written a moment ago is not kept'],
  ['archive/write.ts', 'an archive is written beside its place under a name that no other run has'],
  ['archive/index-file.ts', 'so is its index'],
  ['recording/lock.ts', 'who waits for another writer waits ten seconds at most'],
  ['recording/store.ts', 'a file is written beside its place under a name that no other run has'],
])

/** Names that say nothing about what is inside. */
export const VAGUE_NAME = /^(?:utils?|helpers?|common|types?|misc)$/

/** Reports whether `file` is `place`, or is inside it. */
export function isIn(place: Place, file: string): boolean {
  return place.endsWith('/') ? file.startsWith(place) : file === place
}
