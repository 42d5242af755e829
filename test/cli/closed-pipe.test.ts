import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

import { createFolder } from './starttask.ts'

const BIN = new URL('../../dist/cli/bin.js', import.meta.url).pathname

test('does not mind a reader that has seen enough', async () => {
  using folder = createFolder()
  const lines = Array.from(
    { length: 3000 },
    () => '{"taskDefinition":7,"containerInstances":[]}',
  ).join('\n')
  const path = folder.write('many.ndjson', lines)
  const script = '{ "$0" "$1" check --json "$2"; echo "code $?" >&2; } | head -1'
  const child = spawn('sh', ['-c', script, process.execPath, BIN, path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  expect(await Promise.all([text(child.stdout), text(child.stderr)])).toEqual(['{\n', 'code 1\n'])
})
