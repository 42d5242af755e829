/**
 * One look at an archive, in a process of its own. Arguments: `read`, `lines` or `open`, and the path; with `open` the JSON of a request that must be
 * answered, too. Prints `{ ms, mebibytes }` as JSON: the time it took, and the most memory that the process held.
 */
import { closeSync, openSync, readSync } from 'node:fs'

import type * as Front from '../../src/index.ts'
import { TARGET } from '../recordings.ts'

const BLOCK_BYTES = 8 * 1024 * 1024
const [, , what = '', path = '', request = ''] = process.argv

const LOOKS: Record<string, () => Promise<number>> = {
  read: async () => measure(() => readBlocks(() => {})),
  lines: async () => {
    let lines = 0
    const ms = await measure(() => readBlocks((block) => (lines += countLines(block))))
    if (lines === 0) throw new Error('There is no line.')
    return ms
  },
  open: async () => {
    const { createReplayer }: typeof Front = await import(
      new URL('../../dist/index.js', import.meta.url).href
    )
    return measure(async () => {
      const response = await createReplayer(path).respond({
        method: 'POST',
        url: '/',
        headers: { 'x-amz-target': TARGET },
        body: Buffer.from(request),
      })
      if (!('status' in response) || response.status !== 200)
        throw new Error('It was not answered.')
    })
  },
}

async function measure(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function readBlocks(see: (block: Buffer) => void): void {
  const file = openSync(path, 'r')
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  for (let count = readSync(file, block); count > 0; count = readSync(file, block))
    see(block.subarray(0, count))
  closeSync(file)
}

function countLines(block: Buffer): number {
  let lines = 0
  for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, at + 1)) lines++
  return lines
}

const ms = await LOOKS[what]?.()
console.log(JSON.stringify({ ms, mebibytes: process.resourceUsage().maxRSS / 1024 }))
