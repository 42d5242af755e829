import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

import { loadPseudonymKey } from '../../src/redaction/index.ts'

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'starttask-key-'))
const encode = (key: Uint8Array): string => Buffer.from(key).toString('hex')

test('makes a key on first use and gives it again', () => {
  const env = { HOME: makeFolder() }
  const first = loadPseudonymKey(env)
  expect(first).toMatchObject({
    place: join(env.HOME, '.config/starttask-harness/pseudonym.key'),
    isKept: true,
  })
  expect(first.key).toHaveLength(32)
  expect(encode(loadPseudonymKey(env).key)).toBe(encode(first.key))
  expect(encode(loadPseudonymKey({ HOME: makeFolder() }).key)).not.toBe(encode(first.key))
})

test.skipIf(process.platform === 'win32')('lets nobody else read the key', () => {
  const { place } = loadPseudonymKey({ XDG_CONFIG_HOME: makeFolder() })
  expect(statSync(place).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(place)).mode & 0o777).toBe(0o700)
  expect(readdirSync(dirname(place))).toEqual(['pseudonym.key'])
})

test('gives processes that start at once the same key', async () => {
  const home = makeFolder()
  const source = join(import.meta.dirname, '../../src/redaction/pseudonym.ts')
  const script = `import { loadPseudonymKey } from ${JSON.stringify(source)}\nprocess.stdout.write(Buffer.from(loadPseudonymKey().key).toString('hex'))`
  const env = { ...process.env, NODE_OPTIONS: '', XDG_CONFIG_HOME: home, STARTTASK_KEY_FILE: '' }
  const run = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env })
  const keys = (await Promise.all([run(), run(), run(), run()])).map(({ stdout }) => stdout)
  expect(new Set(keys)).toEqual(
    new Set([readFileSync(join(home, 'starttask-harness/pseudonym.key'), 'utf8').trim()]),
  )
})

test('takes the file that STARTTASK_KEY_FILE names', () => {
  const place = join(makeFolder(), 'team.key')
  writeFileSync(place, `${'0f'.repeat(32)}\n`)
  const { key, isKept } = loadPseudonymKey({ STARTTASK_KEY_FILE: place, HOME: makeFolder() })
  expect({ key: encode(key), isKept }).toEqual({ key: '0f'.repeat(32), isKept: true })
})

test.each([
  ['no home', {}],
  ['a relative home', { XDG_CONFIG_HOME: 'config' }],
  ['a home below a file', { HOME: '/dev/null' }],
])('makes a key for this process alone when there is %s', (_case, env) => {
  const one = loadPseudonymKey(env)
  expect(one.isKept).toBe(false)
  expect(encode(one.key)).not.toBe(encode(loadPseudonymKey(env).key))
})

test('keeps no key in a git working tree', () => {
  const home = makeFolder()
  mkdirSync(join(home, '.git'))
  expect(loadPseudonymKey({ HOME: home }).isKept).toBe(false)
  expect(readdirSync(home)).toEqual(['.git'])
})

test.each(['', '0f0f', `${'0f'.repeat(31)}xx`])(
  'refuses a file that holds %j instead of a key',
  (text) => {
    const place = join(makeFolder(), 'team.key')
    writeFileSync(place, text)
    expect(() => loadPseudonymKey({ STARTTASK_KEY_FILE: place })).toThrow('holds no key')
  },
)

test('refuses a named file that can neither be read nor made', () => {
  expect(() => loadPseudonymKey({ STARTTASK_KEY_FILE: '/dev/null/team.key' })).toThrow(
    'neither be read nor made',
  )
})
