import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type * as PactAdapter from '../src/pact/index.ts'
import type { Bench } from './bench.ts'
import { createLoop } from './loops.ts'
import { REQUEST } from './request.ts'

const COUNT = 1000

export const bench: Bench = {
  title: `checkPact on a pact file of ${COUNT} interactions, reading it included, against JSON.parse of the file`,
  unit: 'ns',
  samplesPerRound: 1,
  async setUp() {
    const { checkPact, parsePact, savePact }: typeof PactAdapter = await import(
      join(import.meta.dirname, '../dist/pact.js')
    )
    const text = await writePact(savePact)
    const check = (): number => {
      const { checked, findings } = checkPact(parsePact(text, 'bench.json'))
      if (checked !== COUNT || findings.some(({ severity }) => severity === 'error'))
        throw new Error('The pact is not what it should be.')
      return findings.length
    }
    return {
      baseline: {
        name: `JSON.parse, ${(text.length / 1e6).toFixed(1)} MB`,
        measure: createLoop(() => JSON.parse(text)),
      },
      competitors: [{ name: 'parsePact and checkPact', measure: createLoop(check) }],
      claims: [
        {
          competitor: 'parsePact and checkPact',
          atMost: 10,
          says: 'a pact of 1,000 interactions is checked in ten times JSON.parse of it',
        },
      ],
      missing: [],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  },
}

async function writePact(savePact: typeof PactAdapter.savePact): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
  const file = join(folder, 'bench-AmazonECS.json')
  const task = {
    taskArn: 'arn:aws:ecs:us-east-1:012345678910:task/default/fdf2c302-468c-4e55-b884-5331d816e7fb',
    createdAt: 1479765460.842,
    lastStatus: 'PENDING',
    version: 1,
  }
  const interactions = Array.from({ length: COUNT }, (_, index) => ({
    description: `start ${index}`,
    states: [{ name: 'ready', params: { cluster: `c-${index}` } }],
    request: { ...REQUEST, startedBy: `job-${index}` },
    status: 200,
    response: { failures: [], tasks: [{ ...task, version: index }] },
  }))
  await savePact({ file, consumer: 'bench', interactions })
  const text = readFileSync(file, 'utf8')
  rmSync(folder, { recursive: true })
  return text
}
