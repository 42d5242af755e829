/** Unpacks and parses every file of a folder, and does nothing with them: what reading a CloudTrail folder costs at least. Prints milliseconds. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const [folder = ''] = process.argv.slice(2)
const start = performance.now()
let records = 0
for (const name of readdirSync(folder)) {
  const { Records }: { Records: unknown[] } = JSON.parse(
    gunzipSync(readFileSync(join(folder, name))).toString('utf8'),
  )
  records += Records.length
}
console.log(JSON.stringify({ ms: performance.now() - start, records }))
