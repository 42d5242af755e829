import { readFileSync } from 'node:fs'

import type { Accounting, ReplayOptions } from '../../src/replayer/engine/index.ts'

/** What clients meet, as error class and number of attempts. */
export interface FaultRow {
  fault: string
  v3: string
  v2: string
  boto3: string
  awsCli: string
}

/** The table of docs/faults.md. */
export const FAULT_TABLE: readonly FaultRow[] = readFileSync(
  new URL('../../docs/faults.md', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => /^\| `[\w-]+` \| .*, \d+ \|$/.test(line))
  .map((line) => {
    const [fault = '', v3 = '', v2 = '', boto3 = '', awsCli = ''] = line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('`', ''))
    return { fault, v3, v2, boto3, awsCli }
  })

/** Lets every attempt meet the fault. */
export function persist(fault: string): ReplayOptions {
  return {
    afterLast: 'repeat',
    faults: [{ on: { share: 1 }, fault, ...(fault === 'slow' ? { ms: 50 } : {}) }],
  }
}

/** What a client met, with the attempts that the replayer saw of it. */
export function describeMet(met: string, { sessions }: Pick<Accounting, 'sessions'>): string {
  return `${met}, ${sessions().reduce((sum, { faulted = 0 }) => sum + faulted, 0)}`
}
