import { sendOne } from '../../recorder/children/sending.ts'
import { mark } from '../marks.ts'

/** An app that knows nothing of us: sends requests of these marks, one after the other, and ends as it is told. */
const [, , url = '', end = '', ...marks] = process.argv

process.stdout.write('begun\n')
for (const name of marks) {
  const met = await sendOne(url, mark(name), { accessKeyId: 'test', secretAccessKey: 'test' })
  process.stdout.write(`${name} ${met}\n`)
}
if (end === 'exit') process.exit(3)
if (end === 'throw') throw new Error('the app failed')
