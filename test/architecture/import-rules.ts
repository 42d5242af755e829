/** The plan of src/: who may import whom, and who may touch what. ARCHITECTURE.md says the same in sentences. */

/** A file of src/, or with a slash at its end a room. */
export type Place = string

/** A room imports only from floors below its own; rooms on one floor are blind to each other. */
export const FLOORS: ReadonlyMap<string, number> = new Map([
  ['cli', 7],
  ['runners', 7],
  ['incident', 6],
  ['query', 6],
  ['session', 5],
  ['formats', 5],
  ['pact', 5],
  ['outcomes', 5],
  ['recorder', 4],
  ['replayer', 4],
  ['provider', 4],
  ['page', 4],
  ['archive', 3],
  ['recording', 2],
  ['matching', 2],
  ['rules', 2],
  ['contract', 1],
  ['protocol', 0],
  ['listener', 0],
])

/** Files under all floors: any file may import them, they import nothing but each other. */
export const CELLAR: readonly Place[] = ['errors.ts', 'node-version.ts', 'version.ts']

/** Files above all rooms: they may import every room but `BEHIND_FRONT_DOORS`, and no file imports them. */
export const FRONT_DOORS: readonly Place[] = [
  'incident.ts',
  'index.ts',
  'outcomes.ts',
  'pact.ts',
  'sdk.ts',
  'server.ts',
]

/** The front doors are a library's: what touches the terminal stays out of them. */
export const BEHIND_FRONT_DOORS: readonly string[] = ['cli']

/** Doors beside a room's `index.ts`: files that load more than the rest of the room, so that whoever does not want it does not pay for it. */
export const EXTRA_DOORS: readonly Place[] = [
  'replayer/agent.ts',
  'replayer/fetch.ts',
  'replayer/msw.ts',
  'replayer/old-connections.ts',
  'replayer/request-handler.ts',
  'replayer/server.ts',
  'recorder/commands.ts',
  'recorder/nock.ts',
  'recorder/live.ts',
  'recorder/proxy.ts',
  'recorder/captured.ts',
  'recorder/nock-definitions.ts',
  'recorder/nock-format.ts',
  'recorder/operations.ts',
  'recorder/recover.ts',
  'recorder/signing.ts',
  'recorder/upstream.ts',
  'session/mode.ts',
  'session/register.ts',
  'provider/server.ts',
  'contract/drift.ts',
  'contract/places.ts',
  'contract/rules.ts',
  'outcomes/arbitraries.ts',
  'runners/jest.ts',
  'runners/vitest-reporter.ts',
  'runners/vitest.ts',
]

/** Where an outside module may be imported; with `names`, only these names of it. */
export interface Window {
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

/** Every outside package, and every builtin that reaches out of the process, with its windows. No window: nowhere in src/. */
export const WINDOWS: ReadonlyMap<string, readonly Window[]> = new Map([
  ['msw', [{ place: 'replayer/npm-install-save-dev-msw.ts' }]],
  [
    '@mswjs/interceptors',
    [{ place: 'recorder/' }, { place: 'session/gate.ts' }, { place: 'replayer/held-requests.ts' }],
  ],
  ['commander', [{ place: 'cli/' }]],
  ['@commander-js/extra-typings', [{ place: 'cli/' }]],
  ['@aws-sdk/client-ecs', [{ place: 'cli/' }]], // the demo's own client
  ['@clack/prompts', [{ place: 'cli/init/question.ts' }]],
  ['nock', [{ place: 'recorder/nock.ts' }]], // fetched when a recording starts: an import of it patches the process
  ['@smithy/signature-v4', [{ place: 'recorder/signing.ts' }]],
  ['@aws-sdk/credential-provider-node', [{ place: 'recorder/signing.ts' }]],
  ['@secretlint/core', [{ place: 'recording/secretlint.ts' }]],
  ['@secretlint/secretlint-rule-preset-recommend', [{ place: 'recording/secretlint.ts' }]],
  ['fast-check', [{ place: 'outcomes/npm-install-save-dev-fast-check.ts' }]],
  ['@duckdb/node-api', [{ place: 'query/duckdb.ts' }]],
  ['@aws-sdk/client-s3', [{ place: 'query/s3-objects.ts' }]],
  ['@aws-sdk/client-athena', [{ place: 'query/athena.ts' }]], // asked only where the user typed its name
  ['ajv', []],
  ['@pact-foundation/pact', []], // found by where it is installed, and loaded when a mock service or a verification needs it
  ['refa', [{ place: 'pact/language.ts' }]],
  ['@observablehq/plot', [{ place: 'page/plot.ts' }]],
  ['linkedom', [{ place: 'page/plot.ts' }]],
  ['csv-parse', [{ place: 'formats/cloudtrail-rows.ts' }]],
  ['@eslint-community/regexpp', [{ place: 'pact/language.ts' }]],
  ['vitest', [{ place: 'runners/' }]],
  ['@jest/globals', [{ place: 'runners/npm-install-save-dev-jest-globals.ts' }]],
  ['expect', [{ place: 'runners/jest.ts' }]], // its types alone, which jest's matchers extend
  // the store, what a re-recording left, the rules file, the state file, the terminal's files
  [
    'node:fs',
    [
      { place: 'recording/' },
      { place: 'archive/' },
      { place: 'recorder/' },
      { place: 'session/stale-files.ts' },
      { place: 'rules/rules-file.ts' },
      { place: 'replayer/usage.ts' },
      { place: 'replayer/fault-file.ts' },
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
      { place: 'replayer/agent.ts', names: ['Agent'] }, // for its type and pooling: what it opens stays in the process
    ],
  ],
  ['node:child_process', [{ place: 'cli/' }, { place: 'recorder/exit.ts' }, { place: 'pact/' }]], // commands; what finishes a journal when the process ends
  [
    'node:module',
    [
      { place: 'cli/drift/sources.ts', names: ['createRequire'] }, // the caller's own SDK
      { place: 'contract/validators.ts', names: ['createRequire'] }, // the validators, when they are needed
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

/** The highest floor that reads no clock and draws no random number: whoever needs one there is handed it. */
export const TIMELESS_FLOOR = 2

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

/** Places on the timeless floors that need a clock or chance all the same, each with its reason. */
export const CLOCK_EXCEPTIONS: ReadonlyMap<Place, string> = new Map([
  ['listener/', 'a graceful stop waits for answers under way, but not for ever'],
  ['recording/journal.ts', 'a disk that turns out to be slow is left to another thread'],
  ['recording/stand-in-key.ts', 'the key of stand-ins is drawn once, and kept out of repositories'],
  ['recording/index-cache.ts', 'an index of a file that was written a moment ago is not kept'],
  ['archive/write.ts', 'an archive is written beside its place under a name that no other run has'],
  ['archive/index-file.ts', 'so is its index'],
  ['recording/lock.ts', 'who waits for another writer waits ten seconds at most'],
  ['recording/store.ts', 'a file is written beside its place under a name that no other run has'],
])

/** Names that say nothing about what is inside. */
export const DRAWER = /^(?:utils?|helpers?|common|types?|misc)$/

/** Whether `file` lies in `place`: is that file, or is in that room. */
export function isIn(place: Place, file: string): boolean {
  return place.endsWith('/') ? file.startsWith(place) : file === place
}
