/** Imports a CloudTrail folder into an archive. Prints milliseconds, and the most memory that was resident, as its last line. */
import { rmSync } from 'node:fs'

const [folder = '', out = ''] = process.argv.slice(2)
process.argv.splice(2, Infinity, 'import', 'cloudtrail', folder, '--out', out)
rmSync(out, { force: true })
const start = performance.now()
process.once('beforeExit', (code) => {
  if (code !== 0) throw new Error(`The import ended with ${code}.`)
  console.log(
    JSON.stringify({
      ms: performance.now() - start,
      mebibytes: process.resourceUsage().maxRSS / 1024,
    }),
  )
})
await import(new URL('../../dist/cli/bin.js', import.meta.url).href)
