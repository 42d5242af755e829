import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { formatRecording, type Recording } from '../../src/recording/index.ts'
import { createFolder, runStarttask } from './starttask.ts'

const SECRETS = {
  'key id': 'AK' + 'IA' + 'Q3EGZEXAMPLE7XYZ',
  'session token': 'IQoJb3Jp' + 'Z2lu' + 'X2VjEXAMPLEtokenEXAMPLEtokenEXAMPLE',
  'secret access key': 'wJalrXUtnFEMI' + '/K7MDENG/bPxRfiCY' + 'TESTONLYK3',
  'GitHub token': 'gh' + 'p_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8',
  'web token': ['ey' + 'JhbGciOiJIUzI1NiJ9', 'ey' + 'JzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N'].join('.'),
  'connection string': 'post' + 'gres://me:hunter2butlonger@db.example/orders',
  'private key': '-----BEGIN ' + 'RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END ' + 'RSA PRIVATE KEY-----',
}

const PLACES: Record<string, (recording: Recording, secret: string) => string> = {
  'a command': (recording, secret) => place(recording, '/request/body', { command: ['run', secret] }, '/request/body/command/1'),
  'a tag': (recording, secret) => place(recording, '/request/body', { tags: [{ key: 'a', value: secret }] }, '/request/body/tags/0/value'),
  'a member name': (recording, secret) => place(recording, '/request/body', { [secret]: 1 }, '/request/body/'),
  'an error message': (recording, secret) => place(recording, '/answer/body', { message: `It was ${secret}.` }, '/answer/body/message'),
  base64: (recording, secret) =>
    place(recording, '/answer/body', { log: Buffer.from(`x ${secret} y`).toString('base64') }, '/answer/body/log'),
  'gzip in base64': (recording, secret) =>
    place(recording, '/answer/body', { log: gzipSync(`x ${secret} y`).toString('base64') }, '/answer/body/log'),
  'JSON in JSON': (recording, secret) =>
    place(recording, '/answer/body', { log: JSON.stringify({ deep: JSON.stringify({ secret }) }) }, '/answer/body/log'),
}

function place(recording: Recording, side: string, body: object, pointer: string): string {
  const [exchange] = recording.exchanges
  if (exchange && side.startsWith('/request')) exchange.request.body = body
  else if (exchange && 'body' in exchange.answer) exchange.answer.body = body
  return pointer
}

const makeRecording = (): Recording => ({
  format: 'starttask-recording',
  version: 1,
  recordedAt: '2026-11-23T00:00:00Z',
  provenance: {},
  exchanges: [
    {
      operation: 'StartTask',
      startedAtMs: 0,
      request: { headers: {}, body: { taskDefinition: 'web' } },
      answer: { status: 200, headers: {}, body: { tasks: [], failures: [] } },
    },
  ],
})

test.each(Object.entries(PLACES))('finds each kind of secret in %s, and tells none of them', async (name, plant) => {
  using folder = createFolder()
  const expected = Object.entries(SECRETS).map(([kind, secret]) => {
    const recording = makeRecording()
    const pointer = plant(recording, secret)
    const file = join(folder.path, `${kind.replaceAll(' ', '-')}.json`)
    writeFileSync(file, formatRecording(recording))
    return { file, exchange: 1, pointer: name === 'a member name' ? expect.stringContaining(pointer) : pointer, kind: expect.any(String) }
  })
  const { code, stdout, stderr } = await runStarttask(['scan', '--json', folder.path])
  const found: { findings: { file: string }[] } = JSON.parse(stdout)
  for (const one of expected) expect(found.findings).toContainEqual(one)
  expect(code).toBe(1)
  const told = name === 'a member name' ? stderr : stdout + stderr // a pointer is made of names
  for (const secret of Object.values(SECRETS)) expect(told).not.toContain(secret)
})

test('finds nothing in the recordings that ship', async () => {
  const recordings = join(import.meta.dirname, '../../recordings')
  const { code, stdout, stderr } = await runStarttask(['scan', recordings])
  expect([code, stdout]).toEqual([0, ''])
  expect(stderr).toMatch(/^starttask: no secret found in \d+ files\n$/)
})

test('finds a secret in standard input, in a log and in a packed file, by its line', async () => {
  using folder = createFolder()
  const log = `one\ntwo ${SECRETS['key id']}\n{"a":{"b":"${SECRETS['GitHub token']}"}}\n`
  writeFileSync(join(folder.path, 'debug.log'), log)
  writeFileSync(join(folder.path, 'debug.log.gz'), gzipSync(log))
  const places = (stdout: string): unknown =>
    JSON.parse(stdout).findings.map(({ line, pointer }: Record<string, unknown>) => [line, pointer])
  for (const run of [
    runStarttask(['scan', '--json', '-'], { input: log }),
    runStarttask(['scan', '--json', join(folder.path, 'debug.log')]),
    runStarttask(['scan', '--json', join(folder.path, 'debug.log.gz')]),
  ]) {
    const { code, stdout } = await run
    expect([code, places(stdout)]).toEqual([
      1,
      [
        [2, undefined],
        [3, '/a/b'],
      ],
    ])
  }
})

test('says what it did not search, and does not hang on a pipe or a loop of links', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'in'))
  symlinkSync('..', join(folder.path, 'in', 'loop'))
  spawnSync('mkfifo', [join(folder.path, 'in', 'pipe')])
  expect((await runStarttask(['scan', folder.path])).code).toBe(0)
  const { code, stderr } = await runStarttask(['scan', join(folder.path, 'none.json'), join(folder.path, 'in', 'pipe')])
  expect(code).toBe(3)
  expect(stderr).toContain('none.json was not searched: there is no such file')
  expect(stderr).toContain('pipe was not searched: it is no regular file')
})

test('reads JSON of ten thousand levels as text', async () => {
  using folder = createFolder()
  const file = join(folder.path, 'deep.json')
  writeFileSync(file, `${'['.repeat(10_000)}"${SECRETS['key id']}"${']'.repeat(10_000)}`)
  const { code, stdout } = await runStarttask(['scan', file])
  expect([code, stdout]).toEqual([1, `${file} line 1: AWS key id\n`])
})

test('takes secrets out of a recording, says how many, and finds none afterwards', async () => {
  using folder = createFolder()
  const file = join(folder.path, 'one.json')
  const recording = makeRecording()
  place(recording, '/request/body', { command: ['run', SECRETS['key id'], SECRETS['GitHub token']], taskDefinition: 'web' }, '')
  writeFileSync(file, formatRecording(recording))
  expect(await runStarttask(['redact', '--check', file])).toMatchObject({
    code: 1,
    stderr: `starttask: ${file}: 2 places would be redacted\n`,
  })
  expect(await runStarttask(['redact', file])).toMatchObject({ code: 0, stderr: `starttask: ${file}: 2 places are redacted\n` })
  expect((await runStarttask(['scan', file])).code).toBe(0)
  expect(await runStarttask(['redact', '--check', file])).toMatchObject({ code: 0, stderr: 'starttask: the recording is clean\n' })
})

test('leaves a clean recording as it is, byte for byte', async () => {
  using folder = createFolder()
  const file = join(folder.path, 'one.json')
  const text = JSON.stringify(makeRecording())
  writeFileSync(file, text)
  expect((await runStarttask(['redact', file])).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('writes clean recordings elsewhere when it is asked to, and takes out what the rules file names', async () => {
  using folder = createFolder()
  const [file, rules, out] = ['one.json', 'rules.json', 'clean'].map((name) => join(folder.path, name))
  const recording = makeRecording()
  place(recording, '/request/body', { taskDefinition: 'web', startedBy: 'customer-77' }, '')
  writeFileSync(String(file), formatRecording(recording))
  writeFileSync(String(rules), JSON.stringify({ redact: ['/startedBy'] }))
  const { code } = await runStarttask(['redact', 'one.json', '--out', String(out), '--rules', String(rules)], { cwd: folder.path })
  expect([code, readFileSync(String(file), 'utf8')]).toEqual([0, formatRecording(recording)])
  expect(readFileSync(join(String(out), 'one.json'), 'utf8')).toMatch(/"startedBy": "[^"]*redacted/)
})
