/** Imports a CloudTrail folder into an archive. Prints milliseconds, and the most memory that was resident. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type * as Command from '../../src/cli/commands/import/import.ts'

const [folder = '', out = ''] = process.argv.slice(2)
const { runImport }: typeof Command = await import(
  join(import.meta.dirname, '../../dist/cli/commands/import/import.js')
)
rmSync(out, { force: true })
const start = performance.now()
const code = await runImport({
  format: 'cloudtrail',
  paths: [folder],
  out,
  allow: [],
  config: undefined,
  json: false,
})
if (code !== 0) throw new Error(`The import ended with ${code}.`)
console.log(
  JSON.stringify({
    ms: performance.now() - start,
    mebibytes: process.resourceUsage().maxRSS / 1024,
  }),
)
