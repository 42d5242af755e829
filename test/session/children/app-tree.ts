import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'

/** An app of several processes: two at once, then one after them, each in another folder; marks tell who sent what. */
const [, , url = '', end = ''] = process.argv
const run = (...marks: string[]) => {
  const app = new URL('app.ts', import.meta.url).pathname
  return promisify(execFile)(process.execPath, [app, url, end, ...marks], { cwd: tmpdir() }).catch(
    () => {},
  )
}
await Promise.all([run('a1', 'a2', 'same'), run('b1', 'b2', 'same')])
await run('c1', 'same')
