import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { checkHouse, type Fault, findMissingPlaces } from './architecture/import-checker.ts'

const SRC = join(import.meta.dirname, '../src')
const FIXTURES = join(import.meta.dirname, 'house-fixtures')

/** Each planted tree of house-fixtures/ and every fault that it has, as `file:line rule: message`. */
const PLANTED: Record<string, readonly string[]> = {
  'augmented-package': [
    'matching/index.ts:1 window: vitest is imported in runners/, not in matching/index.ts',
  ],
  'bare-builtin': ['cli/index.ts:1 no-window: no window for fs: a builtin is written node:fs'],
  'cellar-import': [
    'errors.ts:1 window: errors.ts lies under all floors and imports nothing from outside, not even node:util',
    'errors.ts:3 upstairs: errors.ts (under all floors) imports contract/index.ts of contract (floor 1): a room imports only from lower floors',
  ],
  'clock-read': [
    'recording/index.ts:5 clock: recording (floor 2) uses Date.now: it is handed the time, a wait or a random value',
    'recording/index.ts:5 clock: recording (floor 2) uses Math.random: it is handed the time, a wait or a random value',
  ],
  cycle: [
    'matching/a.ts:1 cycle: import cycle: matching/a.ts -> matching/b.ts -> matching/c.ts -> matching/a.ts',
  ],
  'default-export': [
    'contract/check.ts:2 default-export: a default export has no name of its own: export a name',
    'contract/index.ts:1 default-export: a default export has no name of its own: export a name',
  ],
  drawer: ['contract/utils.ts:1 drawer: utils is a drawer: name what is inside'],
  'dynamic-upstairs-import': [
    'matching/index.ts:2 upstairs: matching (floor 2) imports replayer/index.ts of replayer (floor 4): a room imports only from lower floors',
  ],
  'empty-tree': [
    '.:1 no-import-found: no import found in any file: either the tree is empty or the reader is broken',
  ],
  'front-door-imported': [
    'cli/index.ts:1 front-door: index.ts is a front door, which no file of src imports',
  ],
  'http-server-outside-listener': [
    'recorder/index.ts:2 window: createServer of node:http is not for recorder/: test/house/house-rules.ts lists what is',
  ],
  'import-free-tree': [
    '.:1 no-import-found: no import found in any file: either the tree is empty or the reader is broken',
  ],
  'outside-src': [
    "contract/index.ts:1 outside-src: '../../contracts/schema.ts' leads out of src",
    "contract/index.ts:2 outside-src: '/contracts/rules.ts' is an absolute path",
  ],
  'referenced-upstairs-file': [
    'matching/index.ts:1 upstairs: matching (floor 2) imports replayer/index.ts of replayer (floor 4): a room imports only from lower floors',
  ],
  'required-upstairs-import': [
    'matching/index.ts:4 upstairs: matching (floor 2) imports replayer/index.ts of replayer (floor 4): a room imports only from lower floors',
  ],
  'room-without-floor': [
    'attic/index.ts:1 no-floor: attic has no floor: list it in test/house/house-rules.ts, or move it into a room',
    'stray.ts:1 no-floor: stray.ts has no floor: list it in test/house/house-rules.ts, or move it into a room',
  ],
  'second-window': [
    'replayer/index.ts:1 window: msw is imported in replayer/npm-install-save-dev-msw.ts, not in replayer/index.ts',
  ],
  'sibling-import': [
    'recorder/index.ts:1 sibling: recorder (floor 4) imports replayer/index.ts of replayer (floor 4): rooms on one floor are blind to each other',
  ],
  'sibling-re-export': [
    'recorder/index.ts:1 sibling: recorder (floor 4) imports replayer/index.ts of replayer (floor 4): rooms on one floor are blind to each other',
  ],
  'side-effect-upstairs-import': [
    'listener/index.ts:1 upstairs: listener (floor 0) imports cli/index.ts of cli (floor 7): a room imports only from lower floors',
  ],
  'skipped-door': [
    'contract/index.ts:1 skipped-door: protocol/target.ts is inside protocol: import it through protocol/index.ts',
  ],
  'sound-tree': [],
  'star-export': [
    'contract/index.ts:1 star-export: export * hides what goes through the door: name each export',
  ],
  syntax: [
    '.:1 no-import-found: no import found in any file: either the tree is empty or the reader is broken',
    'contract/index.ts:3 syntax: Expected `)` but found `EOF`',
  ],
  'terminal-behind-front-door': [
    'server.ts:1 front-door: server.ts is a front door, which does not import cli',
  ],
  'type-only-upstairs-import': [
    'protocol/index.ts:1 upstairs: protocol (floor 0) imports matching/index.ts of matching (floor 2): a room imports only from lower floors',
  ],
  'type-query-upstairs-import': [
    'matching/index.ts:2 upstairs: matching (floor 2) imports replayer/index.ts of replayer (floor 4): a room imports only from lower floors',
  ],
  'unlisted-builtin': [
    'matching/index.ts:1 no-window: no window for node:dgram: give it one room in test/house/house-rules.ts',
  ],
  'unlisted-package': [
    'matching/index.ts:1 no-window: no window for lodash: give it one room in test/house/house-rules.ts',
  ],
  'unreadable-import': [
    'replayer/index.ts:2 unreadable-import: this import is computed, so nobody can tell what it loads: write it as a plain string',
    'replayer/index.ts:3 unreadable-import: this import is computed, so nobody can tell what it loads: write it as a plain string',
  ],
  'unresolved-import': [
    "matching/index.ts:1 unresolved-import: './nearest.js' leads to matching/nearest.js, which is not there",
  ],
  'upstairs-import': [
    'protocol/target.ts:1 upstairs: protocol (floor 0) imports matching/index.ts of matching (floor 2): a room imports only from lower floors',
  ],
}

test.for(Object.entries(PLANTED))('reports exactly what is planted in %s', ([tree, faults]) => {
  expect(checkHouse(join(FIXTURES, tree, 'src')).map(formatFault)).toEqual(faults)
})

test('checks every planted tree', () => {
  expect(Object.keys(PLANTED).toSorted()).toEqual(readdirSync(FIXTURES).toSorted())
})

test('reports each place that the house rules name and a tree lacks', () => {
  const missing = findMissingPlaces(join(FIXTURES, 'sound-tree/src')).map(
    (fault) => `${fault.rule} ${fault.file}`,
  )
  expect(missing).toContain('missing-place replayer/server.ts')
  expect(missing).not.toContain('missing-place replayer/npm-install-save-dev-msw.ts')
})

test('finds every place that the house rules name', () => {
  expect(findMissingPlaces(SRC)).toEqual([])
})

test('finds no fault in src', () => {
  expect(checkHouse(SRC)).toEqual([])
})

function formatFault({ file, line, rule, message }: Fault): string {
  return `${file}:${line} ${rule}: ${message}`
}
