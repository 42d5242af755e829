import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { checkImports, type Fault, findMissingPlaces } from './architecture/import-checker.ts'

const SRC = join(import.meta.dirname, '../src')
const FIXTURES = join(import.meta.dirname, 'architecture-fixtures')

/** Each planted tree of architecture-fixtures/, and every fault in it as `file:line rule: message`. */
const PLANTED: Record<string, readonly string[]> = {
  'augmented-package': [
    'matching/index.ts:1 external-import: vitest is imported in runners/, not in matching/index.ts',
  ],
  'bare-builtin': ['cli/index.ts:1 unlisted-import: fs is a builtin: write node:fs'],
  'clock-read': [
    'recording/index.ts:5 clock: recording (layer 2) uses Date.now: pass the time, the wait or the random value in',
    'recording/index.ts:5 clock: recording (layer 2) uses Math.random: pass the time, the wait or the random value in',
  ],
  cycle: [
    'matching/a.ts:1 cycle: import cycle: matching/a.ts -> matching/b.ts -> matching/c.ts -> matching/a.ts',
  ],
  'default-export': [
    'contract/check.ts:2 default-export: a default export has no name: export a name',
    'contract/index.ts:1 default-export: a default export has no name: export a name',
  ],
  'dynamic-import-of-higher-layer': [
    'matching/index.ts:2 higher-layer: matching (layer 2) imports replayer/engine/index.ts of replayer/engine (layer 3): a module imports only from lower layers',
  ],
  'empty-tree': [
    '.:1 no-import-found: no import found in any file: either the tree is empty or the reader is broken',
  ],
  'entry-point-imported': [
    'cli/index.ts:1 entry-point: index.ts is an entry point of the package, which no file of src imports',
  ],
  'higher-layer-import': [
    'protocol/target.ts:1 higher-layer: protocol (layer 0) imports matching/index.ts of matching (layer 2): a module imports only from lower layers',
  ],
  'http-server-outside-listener': [
    'recorder/index.ts:2 external-import: createServer of node:http is not allowed in recorder/: test/architecture/import-rules.ts lists what is',
  ],
  'import-free-tree': [
    '.:1 no-import-found: no import found in any file: either the tree is empty or the reader is broken',
  ],
  'internal-file-imported': [
    'contract/index.ts:1 not-an-entry-point: protocol/target.ts is internal to protocol: import it through protocol/index.ts',
  ],
  'module-without-layer': [
    'attic/index.ts:1 no-layer: attic has no layer: list it in test/architecture/import-rules.ts, or move it into a module',
    'stray.ts:1 no-layer: stray.ts has no layer: list it in test/architecture/import-rules.ts, or move it into a module',
  ],
  'outside-src': [
    "contract/index.ts:1 outside-src: '../../contracts/schema.ts' leads out of src",
    "contract/index.ts:2 outside-src: '/contracts/rules.ts' is an absolute path",
  ],
  'pair-in-wrong-direction': [
    'message/index.ts:1 same-layer: message (layer 0) imports protocol/index.ts of protocol (layer 0): modules of one layer import each other only as PAIRS of test/architecture/import-rules.ts says',
  ],
  'reference-to-higher-layer': [
    'matching/index.ts:1 higher-layer: matching (layer 2) imports replayer/engine/index.ts of replayer/engine (layer 3): a module imports only from lower layers',
  ],
  'required-higher-layer': [
    'matching/index.ts:4 higher-layer: matching (layer 2) imports replayer/engine/index.ts of replayer/engine (layer 3): a module imports only from lower layers',
  ],
  'same-layer-import': [
    'recorder/index.ts:1 same-layer: recorder (layer 3) imports replayer/engine/index.ts of replayer/engine (layer 3): modules of one layer import each other only as PAIRS of test/architecture/import-rules.ts says',
  ],
  'same-layer-re-export': [
    'recorder/index.ts:1 same-layer: recorder (layer 3) imports replayer/engine/index.ts of replayer/engine (layer 3): modules of one layer import each other only as PAIRS of test/architecture/import-rules.ts says',
  ],
  'second-place-of-package': [
    'replayer/adapters/index.ts:1 external-import: msw is imported in replayer/adapters/msw.ts, not in replayer/adapters/index.ts',
  ],
  'side-effect-import-of-higher-layer': [
    'listener/index.ts:1 higher-layer: listener (layer 0) imports cli/index.ts of cli (layer 7): a module imports only from lower layers',
  ],
  'sound-tree': [],
  'star-export': [
    'contract/index.ts:1 star-export: export * hides what is exported: name each export',
  ],
  syntax: [
    '.:1 no-import-found: no import found in any file: either the tree is empty or the reader is broken',
    'contract/index.ts:3 syntax: Expected `)` but found `EOF`',
  ],
  'terminal-behind-entry-point': [
    'server.ts:1 entry-point: server.ts is an entry point of the package, which must not import cli',
  ],
  'type-only-import-of-higher-layer': [
    'protocol/index.ts:1 higher-layer: protocol (layer 0) imports matching/index.ts of matching (layer 2): a module imports only from lower layers',
  ],
  'type-query-of-higher-layer': [
    'matching/index.ts:2 higher-layer: matching (layer 2) imports replayer/engine/index.ts of replayer/engine (layer 3): a module imports only from lower layers',
  ],
  'unlisted-builtin': [
    'matching/index.ts:1 unlisted-import: node:dgram may not be imported: list one place for it in test/architecture/import-rules.ts',
  ],
  'unlisted-package': [
    'matching/index.ts:1 unlisted-import: lodash may not be imported: list one place for it in test/architecture/import-rules.ts',
  ],
  'unreadable-import': [
    'replayer/engine/index.ts:2 unreadable-import: this import is computed, so that no tool can see what it loads: write a string literal',
    'replayer/engine/index.ts:3 unreadable-import: this import is computed, so that no tool can see what it loads: write a string literal',
  ],
  'unresolved-import': [
    "matching/index.ts:1 unresolved-import: './nearest.js' leads to matching/nearest.js, which is not there",
  ],
  'vague-name': [
    'contract/utils.ts:1 vague-name: utils says nothing about its content: choose a name that does',
  ],
}

test.for(Object.entries(PLANTED))('reports exactly what is planted in %s', ([tree, faults]) => {
  expect(checkImports(join(FIXTURES, tree, 'src')).map(formatFault)).toEqual(faults)
})

test('checks every planted tree', () => {
  expect(Object.keys(PLANTED).toSorted()).toEqual(readdirSync(FIXTURES).toSorted())
})

test('reports a place that the import rules name and a tree lacks', () => {
  const missing = findMissingPlaces(join(FIXTURES, 'sound-tree/src')).map(
    (fault) => `${fault.rule} ${fault.file}`,
  )
  expect(missing).toContain('missing-place recorder/signing.ts')
  expect(missing).not.toContain('missing-place replayer/adapters/msw.ts')
})

test('finds every place and pair that the import rules name', () => {
  expect(findMissingPlaces(SRC)).toEqual([])
})

test('finds no fault in src', () => {
  expect(checkImports(SRC)).toEqual([])
})

function formatFault({ file, line, rule, message }: Fault): string {
  return `${file}:${line} ${rule}: ${message}`
}
