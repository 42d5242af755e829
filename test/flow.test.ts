import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../scripts/count-flow-files.ts')

/** The most files of src/ that a flow enters. A flow that needs more is spread over too many small files. */
const LIMITS = { replay: 15, record: 25, import: 15 }

test('keeps each data flow within its number of files', { timeout: 60_000 }, () => {
  const printed = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })
  const counts = [...printed.matchAll(/^(\w+) (\d+)$/gm)].map(([, flow = '', count]) => ({
    flow,
    count: Number(count),
  }))
  expect(counts.map(({ flow }) => flow)).toEqual(Object.keys(LIMITS))
  for (const { flow, count } of counts) {
    expect(count).toBeGreaterThan(5) // fewer: the counting is broken
    expect(count).toBeLessThanOrEqual(LIMITS[flow as keyof typeof LIMITS])
  }
})
