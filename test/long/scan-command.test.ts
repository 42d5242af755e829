import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import { type Recording } from '../../src/protocol/index.ts'
import { createFolder, findControls, runStarttask } from '../cli/starttask.ts'

const SECRETS = {
  'key id': 'AK' + 'IA' + 'Q3EGZEXAMPLE7XYZ',
  'session token': 'IQoJb3Jp' + 'Z2lu' + 'X2VjEXAMPLEtokenEXAMPLEtokenEXAMPLE',
  'secret access key': 'wJalrXUtnFEMI' + '/K7MDENG/bPxRfiCY' + 'TESTONLYK3',
  'GitHub token': 'gh' + 'p_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8',
  'web token': [
    'ey' + 'JhbGciOiJIUzI1NiJ9',
    'ey' + 'JzdWIiOiIxMjM0NTY3ODkwIn0',
    'dozjgNryP4J3jVmNHl0w5N',
  ].join('.'),
  'connection string': 'post' + 'gres://me:hunter2butlonger@db.example/orders',
  'private key':
    '-----BEGIN ' + 'RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END ' + 'RSA PRIVATE KEY-----',
  signature: 'Signa' + 'ture=' + 'ab12cd34'.repeat(8),
  'Slack token': 'xox' + 'b-123456789012-123456789012-abcdefABCDEF123456abcdef',
  'Stripe key': 'sk_' + 'live_4eC39HqLyjWDarjtT1zdp7dc',
  'npm token': 'np' + 'm_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8',
  'named password': 'DB_PASS' + 'WORD=s3cretButShort',
}

const PLACES: Record<string, (recording: Recording, secret: string) => string> = {
  'a header': (recording, secret) => {
    const [exchange] = recording.exchanges
    if (exchange) exchange.request.headers['user-agent'] = `x ${secret.replaceAll('\n', ' ')}`
    return '/request/headers/user-agent'
  },
  'a command': (recording, secret) =>
    place(recording, '/request/body', { command: ['run', secret] }, '/request/body/command/1'),
  'a tag': (recording, secret) =>
    place(
      recording,
      '/request/body',
      { tags: [{ key: 'a', value: secret }] },
      '/request/body/tags/0/value',
    ),
  'a member name': (recording, secret) =>
    place(recording, '/request/body', { [secret]: 1 }, '/request/body/(redacted)'),
  'an error message': (recording, secret) =>
    place(recording, '/response/body', { message: `It was ${secret}.` }, '/response/body/message'),
  base64: (recording, secret) =>
    place(
      recording,
      '/response/body',
      { log: Buffer.from(`x ${secret} y`).toString('base64') },
      '/response/body/log',
    ),
  'gzip in base64': (recording, secret) =>
    place(
      recording,
      '/response/body',
      { log: gzipSync(`x ${secret} y`).toString('base64') },
      '/response/body/log',
    ),
  'JSON in JSON': (recording, secret) =>
    place(
      recording,
      '/response/body',
      { log: JSON.stringify({ deep: JSON.stringify({ secret }) }) },
      '/response/body/log',
    ),
}

function place(recording: Recording, side: string, body: object, pointer: string): string {
  const [exchange] = recording.exchanges
  if (exchange && side.startsWith('/request')) exchange.request.body = body
  else if (exchange && 'body' in exchange.response) exchange.response.body = body
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
      response: { status: 200, headers: {}, body: { tasks: [], failures: [] } },
    },
  ],
})

test.each(Object.entries(PLACES))(
  'finds each kind of secret in %s, and tells none of them',
  async (_name, plant) => {
    using folder = createFolder()
    const expected = Object.entries(SECRETS).map(([kind, secret]) => {
      const recording = makeRecording()
      const pointer = plant(recording, secret)
      const file = join(folder.path, `${kind.replaceAll(' ', '-')}.json`)
      writeFileSync(file, formatUnredacted(recording))
      return { file, exchange: 1, pointer, kind: expect.any(String) }
    })
    const [asJson, plain] = await Promise.all([
      runStarttask(['scan', '--json', folder.path]),
      runStarttask(['scan', folder.path]),
    ])
    const found: { findings: object[] } = JSON.parse(asJson.stdout)
    for (const one of expected) expect(found.findings).toContainEqual(one)
    for (const { file, pointer } of expected)
      expect(plain.stdout).toContain(`${file} #1 ${pointer}: `)
    expect([asJson.code, plain.code]).toEqual([1, 1])
    const told = asJson.stdout + asJson.stderr + plain.stdout + plain.stderr
    for (const secret of Object.values(SECRETS)) {
      expect(told).not.toContain(secret)
      expect(told).not.toContain(JSON.stringify(secret).slice(1, -1))
    }
  },
)

test('tells no name that is a secret when it names what is below', async () => {
  using folder = createFolder()
  const recording = makeRecording()
  const name = SECRETS['key id']
  place(
    recording,
    '/request/body',
    { taskDefinition: 'web', tags: [{ [name]: { 'a/b': [SECRETS['GitHub token']] } }] },
    '',
  )
  const { stdout } = await runStarttask(['scan', folder.write('one.json', recording)])
  expect(stdout).toContain(' #1 /request/body/tags/0/(redacted): AWS key id\n')
  expect(stdout).toContain(' #1 /request/body/tags/0/(redacted)/a~1b/0: GitHub token\n')
  expect(stdout).not.toContain(name)
})

test('finds the value of a secret name, in a pair and in two lines of a file that was cut in half', async () => {
  using folder = createFolder()
  const recording = makeRecording()
  const password = 'correct-horse'
  place(recording, '/request/body', { environment: [{ name: 'DB_PASSWORD', value: password }] }, '')
  const text = formatUnredacted(recording)
  const whole = folder.write('whole.json', text)
  const half = folder.write('.half.tmp', text.slice(0, text.indexOf('"response"')))
  const line = text.split('\n').findIndex((one) => one.includes(password)) + 1
  const { code, stdout } = await runStarttask(['scan', folder.path])
  expect([code, stdout.split('\n')]).toEqual([
    1,
    [
      `${half} line ${line}: value under a secret name`,
      `${whole} #1 /request/body/environment/0/value: value under a secret name`,
      '',
    ],
  ])
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
  const { code, stderr } = await runStarttask([
    'scan',
    join(folder.path, 'none.json'),
    join(folder.path, 'in', 'pipe'),
  ])
  expect(code).toBe(3)
  expect(stderr).toContain('none.json was not searched: there is no such file')
  expect(stderr).toContain('pipe was not searched: it is no regular file')
})

test('looks in folders at hidden files, data and text, and says that it left others alone', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, '.hidden'))
  const names = ['.env', '.hidden/a.json', 'a.NDJSON', 'b.journal', 'c.har', 'd.txt', 'e.tmp']
  for (const name of [...names, 'code.ts', 'picture.png'])
    writeFileSync(join(folder.path, name), `TOKEN=${SECRETS['GitHub token']}\n`)
  const { stdout, stderr } = await runStarttask(['scan', '--json', folder.path])
  const report: { findings: { file: string }[]; passedOver: number } = JSON.parse(stdout)
  expect(report.findings.map(({ file }) => file)).toEqual(
    names.map((name) => join(folder.path, name)),
  )
  expect(report.passedOver).toBe(2)
  expect(stderr).toContain('passed     over 2 in folders')
  expect((await runStarttask(['scan', join(folder.path, 'code.ts')])).code).toBe(1)
})

test('leaves alone what git and npm keep', async () => {
  using folder = createFolder()
  for (const name of ['.git', 'node_modules']) {
    mkdirSync(join(folder.path, name))
    writeFileSync(join(folder.path, name, 'a.json'), JSON.stringify([SECRETS['GitHub token']]))
  }
  expect(await runStarttask(['scan', folder.path])).toMatchObject({
    code: 0,
    stderr: 'starttask: no secret found in 0 files\n',
  })
})

test('names JSON that is no recording by its members, and a journal by its lines', async () => {
  using folder = createFolder()
  const json = folder.write(
    'a.json',
    JSON.stringify({ a: [{ b: SECRETS['key id'] }] }, undefined, 2),
  )
  const journal = folder.write(
    'b.journal',
    `{"format":"x"}\n{"exchange":{"request":{"body":"${SECRETS['key id']}"}}}\n`,
  )
  const { stdout } = await runStarttask(['scan', json, journal])
  expect(stdout).toBe(
    `${json} /a/0/b: AWS key id\n${journal} line 2 /exchange/request/body: AWS key id\n`,
  )
})

test('searches UTF-16 and other bytes, and says when there are too many', async () => {
  using folder = createFolder()
  const [wide, packed, large] = ['wide.txt', 'packed.gz', 'large.txt'].map((name) =>
    join(folder.path, name),
  )
  writeFileSync(String(wide), Buffer.from(`\ufeffTOKEN=${SECRETS['GitHub token']}\n`, 'utf16le'))
  writeFileSync(
    String(packed),
    gzipSync(`a\nTOKEN=${SECRETS['GitHub token']}\n${`${'x'.repeat(99_999)}\n`.repeat(60)}`),
  )
  writeFileSync(String(large), Buffer.alloc(5_000_000))
  const { code, stdout, stderr } = await runStarttask([
    'scan',
    String(wide),
    String(packed),
    String(large),
  ])
  expect([code, stdout.split('\n')]).toEqual([
    1,
    [`${wide}: GitHub token`, `${packed} line 2: GitHub token`, ''],
  ])
  expect(stderr).toContain(
    `${large} was not searched: it is no text, and has more than 4194304 bytes`,
  )
})

test('says that a packed file is broken, and that a line is too long', async () => {
  using folder = createFolder()
  const [broken, long] = ['broken.gz', 'long.log'].map((name) => join(folder.path, name))
  writeFileSync(String(broken), gzipSync('a'.repeat(1000)).subarray(0, 20))
  writeFileSync(String(long), `${'x'.repeat(5_000_000)}\nok\n${SECRETS['key id']}\n`)
  const { code, stdout, stderr } = await runStarttask(['scan', String(broken), String(long)])
  expect([code, stdout]).toEqual([1, `${long} line 3: AWS key id\n`])
  expect(stderr).toContain(`${broken} was not searched: unexpected end of file`)
  expect(stderr).toContain(`${long} was not searched: line 1 has more than 4194304 bytes`)
})

test('reads a log of many chunks without losing count of its lines', async () => {
  using folder = createFolder()
  const lines = Array.from(
    { length: 60_000 },
    (_, index) => `2026-11-24 INFO line ${index} of a long log, nothing in it`,
  )
  lines[45_677] = `token ${SECRETS['GitHub token']}`
  const file = folder.write('long.log', lines.join('\n'))
  expect((await runStarttask(['scan', file])).stdout).toBe(`${file} line 45678: GitHub token\n`)
})

test('hostile names neither steer the terminal nor look like a line of the report', async () => {
  using folder = createFolder()
  const name = '\u001b[2J\u202e\u009b\nfake.json #1 a'
  const file = folder.write(`x${name}.json`, JSON.stringify({ [name]: SECRETS['key id'] }))
  const plain = await runStarttask(['scan', file, join(folder.path, `none${name}`)])
  expect(findControls(plain.stdout + plain.stderr)).toEqual([])
  expect(plain.stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(plain.stderr.trimEnd().split('\n')).toHaveLength(2)
  const { stdout } = await runStarttask(['scan', '--json', file])
  expect(findControls(stdout)).toEqual([])
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ file, pointer: `/${name}` }] })
})

test('a link that leads to itself is named, and does not end the search', async () => {
  using folder = createFolder()
  const loop = join(folder.path, 'loop')
  symlinkSync(loop, loop)
  const file = folder.write('a.txt', SECRETS['key id'])
  const { code, stdout, stderr } = await runStarttask(['scan', loop, file])
  expect([code, stdout]).toEqual([1, `${file} line 1: AWS key id\n`])
  expect(stderr).toContain(`${loop} was not searched: ELOOP`)
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
  place(
    recording,
    '/request/body',
    { command: ['run', SECRETS['key id'], SECRETS['GitHub token']], taskDefinition: 'web' },
    '',
  )
  writeFileSync(file, formatUnredacted(recording))
  expect(await runStarttask(['redact', '--check', file])).toMatchObject({
    code: 1,
    stderr: `starttask: ${file}: would redact 2 places\n`,
  })
  expect(await runStarttask(['redact', file])).toMatchObject({
    code: 0,
    stderr: `starttask: ${file}: redacted 2 places\n`,
  })
  expect((await runStarttask(['scan', file])).code).toBe(0)
  expect(await runStarttask(['redact', '--check', file])).toMatchObject({
    code: 0,
    stderr: 'starttask: the recording is clean\n',
  })
})

test('leaves a clean recording as it is, byte for byte', async () => {
  using folder = createFolder()
  const file = join(folder.path, 'one.json')
  const text = JSON.stringify(makeRecording())
  writeFileSync(file, text)
  expect((await runStarttask(['redact', file])).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('writes clean recordings elsewhere when it is asked to, and takes out what the configuration file names', async () => {
  using folder = createFolder()
  const [file, rules, out] = ['one.json', 'rules.json', 'clean'].map((name) =>
    join(folder.path, name),
  )
  const recording = makeRecording()
  place(recording, '/request/body', { taskDefinition: 'web', startedBy: 'customer-77' }, '')
  writeFileSync(String(file), formatUnredacted(recording))
  writeFileSync(String(rules), JSON.stringify({ redact: ['/startedBy'] }))
  const { code } = await runStarttask(
    ['redact', 'one.json', '--out', String(out), '--config', String(rules)],
    { cwd: folder.path },
  )
  expect([code, readFileSync(String(file), 'utf8')]).toEqual([0, formatUnredacted(recording)])
  expect(readFileSync(join(String(out), 'one.json'), 'utf8')).toMatch(/"startedBy": "[^"]*redacted/)
})
