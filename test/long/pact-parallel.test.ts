import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

const PACT = fileURLToPath(new URL('../../src/pact/index.ts', import.meta.url))
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const FILES = 8
const TESTS = 12

/** Consumer tests as users write them, in files of their own. */
function writeProject(folder: string): void {
  for (let file = 0; file < FILES; file++) {
    writeFileSync(
      join(folder, `consumer-${file}.test.ts`),
      `import { consumerContract } from '${PACT}'
const contract = consumerContract({ consumer: 'parallel', dir: ${JSON.stringify(join(folder, 'pacts'))}, testFile: import.meta.url })
afterAll(() => contract.finish())
const request = { taskDefinition: 'web', containerInstances: ['i-1'] }
for (let number = 0; number < ${TESTS}; number++) {
  test('start ' + number, async () => {
    const interaction = contract.given('ready').uponReceiving('start ${file}.' + number, request)
    await interaction.respondWith({ outcome: 'unplaced', failures: [{ reason: 'AGENT' }] }).run(async ({ url }) => {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) })
      expect(response.status).toBe(200)
    })
  })
}
`,
    )
  }
}

async function runVitest(folder: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [
      VITEST,
      'run',
      '--root',
      folder,
      '--globals',
      '--pool=forks',
      `--maxWorkers=${FILES}`,
      '--testTimeout=60000',
      ...args,
    ],
    {
      env: {
        ...process.env,
        VITEST: undefined,
        VITEST_WORKER_ID: undefined,
        VITEST_POOL_ID: undefined,
      },
    },
  )
}

function readPact(folder: string): string {
  return readFileSync(join(folder, 'pacts', 'parallel-AmazonECS.json'), 'utf8')
}

test(
  'keeps 96 of 96 interactions of eight processes in each of twenty runs',
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'starttask-parallel-'))
    try {
      writeProject(folder)
      const kept: number[] = []
      const texts = new Set<string>()
      for (let run = 0; run < 20; run++) {
        rmSync(join(folder, 'pacts'), { recursive: true, force: true })
        mkdirSync(join(folder, 'pacts'))
        await runVitest(folder)
        texts.add(readPact(folder))
        kept.push(JSON.parse(readPact(folder)).interactions.length)
      }
      expect(kept).toEqual(Array.from({ length: 20 }, () => FILES * TESTS))
      expect(texts.size).toBe(1)
      expect(readdirSync(join(folder, 'pacts'))).toEqual(['parallel-AmazonECS.json'])

      // A run of some tests alone takes nothing away; the deleted file's interactions go with the next whole run.
      await runVitest(folder, '--testNamePattern', 'start 3$')
      expect(JSON.parse(readPact(folder)).interactions).toHaveLength(FILES * TESTS)
      rmSync(join(folder, 'consumer-7.test.ts'))
      await runVitest(folder)
      expect(JSON.parse(readPact(folder)).interactions).toHaveLength((FILES - 1) * TESTS)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
