import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createFolder, runStarttask } from '../cli/starttask.ts'

const SAMPLE = fileURLToPath(new URL('../../recordings/started/page-sample.json', import.meta.url))

test('tells lock-held with who holds it, after ten seconds of waiting, and ends with 3', async () => {
  using folder = createFolder()
  const lock = join(folder.path, '.c-AmazonECS.json.lock')
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname() }))
  const args = ['pact', 'write', SAMPLE, '--consumer', 'c', '--out', folder.path]
  const { code, stdout, stderr } = await runStarttask(args, { env: { STARTTASK_DEBUG: '1' } })
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toMatch(`error: process ${process.pid} holds ${lock}`)
  expect(stderr).toContain('\n  code       lock-held\n')
})
