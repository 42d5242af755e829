import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import {
  buildInput,
  buildRecording,
  REJECTED,
  STARTED,
  TARGET,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, runScript, runStarttask, startStarttask } from './starttask.ts'

const RECORDING = buildRecording(STARTED, REJECTED)
const POST_STARTED = `await fetch(process.env.AWS_ENDPOINT_URL_ECS, {
  method: 'POST', headers: { 'x-amz-target': '${TARGET}' }, body: '${JSON.stringify(buildInput('started'))}' })`

test("passes the command's exit code on and names what was unused", async () => {
  using folder = createFolder()
  const path = folder.write('two.json', RECORDING)
  const { code, stdout, stderr } = await runStarttask([
    'replay',
    path,
    ...runScript(`${POST_STARTED}; process.exit(7)`),
  ])
  expect([code, stdout]).toEqual([7, ''])
  expect(stderr).toBe('starttask: 1 of 2 recorded exchanges played, 0 requests missed\n')
})

test('names what was unused when all went well', async () => {
  using folder = createFolder()
  const path = folder.write('two.json', RECORDING)
  const { code, stderr } = await runStarttask(['replay', path, ...runScript(POST_STARTED)])
  expect([code, stderr]).toEqual([
    0,
    `starttask: 1 of 2 recorded exchanges played, 0 requests missed\n  unused     ${path} #2\n`,
  ])
})

test('fails with --require-used when something was not asked for, but passes on the code of a command that failed', async () => {
  using folder = createFolder()
  const path = folder.write('two.json', RECORDING)
  expect(
    await runStarttask(['replay', path, '--require-used', ...runScript(POST_STARTED)]),
  ).toMatchObject({ code: 1 })
  expect(
    await runStarttask(['replay', path, '--require-used', ...runScript('process.exit(7)')]),
  ).toMatchObject({ code: 7 })
})

test('tells with --json what was played, in one document', async () => {
  using folder = createFolder()
  const path = folder.write('two.json', RECORDING)
  const { stdout } = await runStarttask(['replay', path, '--json', ...runScript(POST_STARTED)])
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    code: 0,
    played: [{ recording: path, exchange: 1, times: 1 }],
    unused: [{ recording: path, exchange: 2 }],
    missed: 0,
    sessions: [{ session: 'default', played: 1, missed: 0 }],
  })
})

test('serves several ports, each with a session of its own', async () => {
  using folder = createFolder()
  const running = startStarttask([
    'replay',
    folder.write('one.json', buildRecording(STARTED)),
    '--port',
    '0,0',
  ])
  const urls = [await running.readLine(), await running.readLine()]
  const send = async (url: string) =>
    (
      await fetch(url, {
        method: 'POST',
        headers: { 'x-amz-target': TARGET },
        body: JSON.stringify(buildInput('started')),
      })
    ).status
  expect([await send(urls[0] ?? ''), await send(urls[1] ?? ''), await send(urls[0] ?? '')]).toEqual(
    [200, 200, 400],
  )
  running.kill('SIGTERM')
  await running.ended
})

test('serves HTTPS to a command, which trusts the certificate', async () => {
  using folder = createFolder()
  const [key, cert] = [join(folder.path, 'key.pem'), join(folder.path, 'cert.pem')]
  const subject = '-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1'.split(' ')
  const made = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2'.split(' ')
  execFileSync('openssl', [...made, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
  const path = folder.write('one.json', buildRecording(STARTED))
  const script = `console.log(new URL(process.env.AWS_ENDPOINT_URL_ECS).protocol, (${POST_STARTED}).status)`
  const { stdout } = await runStarttask([
    'replay',
    path,
    '--tls-cert',
    cert,
    '--tls-key',
    key,
    ...runScript(script),
  ])
  expect(stdout).toBe('https: 200\n')
})

test.each([
  [
    '--tls-cert without its key',
    ['--tls-cert', 'x.pem'],
    2,
    '--tls-cert and --tls-key belong together',
  ],
  ['a certificate that is not there', ['--tls-cert', 'x.pem', '--tls-key', 'y.pem'], 3, 'x.pem'],
  ['--json without a command', ['--json'], 2, 'give one after --'],
])('refuses %s', async (_what, flags, expected, says) => {
  using folder = createFolder()
  const { code, stderr } = await runStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    ...flags,
  ])
  expect([code, stderr]).toEqual([expected, expect.stringContaining(says)])
})

test('names the unused exchanges of one recording in one line', async () => {
  using folder = createFolder()
  const path = folder.write('two.json', RECORDING)
  const { stderr } = await runStarttask(['replay', path, ...runScript('')])
  expect(stderr).toContain(`  unused     ${path} #1-#2: nothing was asked of this file\n`)
})

test('says that there is no such command, and how to give one', async () => {
  using folder = createFolder()
  const { code, stderr } = await runStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    '--',
    'no-such-command',
  ])
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining(
      '"no-such-command": there is no such command on PATH. Give the command after --',
    ),
  ])
})

test('gives 128 and the number of the signal that ended the command', async () => {
  using folder = createFolder()
  const { code } = await runStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    ...runScript('process.kill(process.pid, "SIGKILL")'),
  ])
  expect(code).toBe(137)
})

test('gives the command an endpoint, placeholder credentials and regions, and takes away what could lead to the service', async () => {
  using folder = createFolder()
  const env = {
    AWS_PROFILE: 'production',
    AWS_DEFAULT_PROFILE: 'production',
    AWS_ACCESS_KEY_ID: 'real',
    AWS_SECRET_ACCESS_KEY: 'real',
    AWS_SESSION_TOKEN: 'real',
    AWS_SECURITY_TOKEN: 'real',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_DEFAULT_REGION: 'eu-west-1',
    NO_PROXY: 'example.com',
    KEPT: 'as it is',
  }
  const { stdout } = await runStarttask(
    [
      'replay',
      folder.write('r.json', RECORDING),
      ...runScript('console.log(JSON.stringify(process.env))'),
    ],
    { env },
  )
  const given: unknown = JSON.parse(stdout)
  expect(given).toMatchObject({
    AWS_ENDPOINT_URL_ECS: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: 'example.com,127.0.0.1,localhost',
    no_proxy: 'example.com,127.0.0.1,localhost',
    KEPT: 'as it is',
  })
  expect(
    Object.keys(given ?? {}).filter((name) => /PROFILE|TOKEN|IGNORE|FIPS|DUALSTACK/.test(name)),
  ).toEqual([])
  expect(JSON.stringify(given)).not.toContain('"real"')
})

test('gives a region to a command that has none', async () => {
  using folder = createFolder()
  const script = 'console.log(process.env.AWS_REGION, process.env.AWS_DEFAULT_REGION)'
  const { stdout } = await runStarttask(
    ['replay', folder.write('r.json', RECORDING), ...runScript(script)],
    { env: { AWS_REGION: '' } },
  )
  expect(stdout).toBe('us-east-1 us-east-1\n')
})

test('works where the caller is set to FIPS endpoints, which exclude an endpoint of its own', async () => {
  using folder = createFolder()
  const script = `
    import { ECSClient, StartTaskCommand } from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-ecs'))}
    const { tasks } = await new ECSClient().send(new StartTaskCommand(${JSON.stringify(buildInput('started'))}))
    console.log(tasks.length)`
  const env = { AWS_USE_FIPS_ENDPOINT: 'true' }
  expect(
    await runStarttask(['replay', folder.write('r.json', RECORDING), ...runScript(script)], {
      env,
    }),
  ).toMatchObject({
    code: 0,
    stdout: '1\n',
  })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'without a command, prints its URL alone and ends on %s with %i',
  async (signal, code) => {
    using folder = createFolder()
    const running = startStarttask(['replay', folder.write('r.json', RECORDING)])
    const url = await running.readLine()
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': TARGET },
      body: JSON.stringify(buildInput('started')),
    })
    running.kill(signal)
    const ended = await running.ended
    expect([response.status, ended.code, ended.stdout]).toEqual([200, code, ''])
    expect(ended.stderr).toContain('1 of 2 recorded exchanges played')
  },
)

test('ends its command on SIGTERM, and says so by the exit code', async () => {
  using folder = createFolder()
  const running = startStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    ...runScript('console.log(process.pid); setTimeout(() => {}, 20_000)'),
  ])
  const pid = Number(await running.readLine())
  running.kill('SIGTERM')
  expect((await running.ended).code).toBe(143)
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('waits for a command that ends in its own way on SIGTERM', async () => {
  using folder = createFolder()
  const script =
    'process.on("SIGTERM", () => process.exit(5)); console.log("ready"); setTimeout(() => {}, 20_000)'
  const running = startStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    ...runScript(script),
  ])
  expect(await running.readLine()).toBe('ready')
  running.kill('SIGTERM')
  expect((await running.ended).code).toBe(5)
})

test('answers again from the last response when told to', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', RECORDING)
  const command = runScript(
    `${POST_STARTED}; const { status } = ${POST_STARTED}; console.log(status)`,
  )
  expect((await runStarttask(['replay', path, ...command])).stdout).toBe('400\n')
  expect((await runStarttask(['replay', path, '--after-last', 'repeat', ...command])).stdout).toBe(
    '200\n',
  )
})

test('lets a place not count when told to, as the miss says', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', RECORDING)
  const body = JSON.stringify({ ...buildInput('started'), startedBy: 'me' })
  const command = runScript(`const response = await fetch(process.env.AWS_ENDPOINT_URL_ECS, {
    method: 'POST', headers: { 'x-amz-target': '${TARGET}' }, body: '${body}' }); console.log(response.status, await response.text())`)
  const missed = await runStarttask(['replay', path, ...command])
  expect(missed.stdout).toMatch(/^400 .*--ignore \/startedBy/)
  expect(
    (await runStarttask(['replay', path, '--ignore', '/startedBy', ...command])).stdout,
  ).toMatch(/^200 /)
})

test('reads every recording of a folder', async () => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(STARTED))
  folder.write('b.json', buildRecording(REJECTED))
  const { stderr } = await runStarttask(['replay', folder.path, ...runScript(POST_STARTED)])
  expect(stderr).toContain('1 of 2 recorded exchanges played')
})

test('says what to do when its port is taken', async () => {
  await using server = await startReplayServer(RECORDING)
  using folder = createFolder()
  const { port } = new URL(server.url)
  const { code, stdout, stderr } = await runStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    '--port',
    port,
  ])
  expect([code, stdout, stderr]).toEqual([
    3,
    '',
    `error: Port ${port} on 127.0.0.1 is taken.\n  remedy     Pass another port, or 0 for a free one.\n`,
  ])
})

test('says what to do about a command that is not there', async () => {
  using folder = createFolder()
  const { code, stderr } = await runStarttask([
    'replay',
    folder.write('r.json', RECORDING),
    '--',
    'no-such-command',
  ])
  expect([code, stderr]).toEqual([3, expect.stringContaining('Cannot run "no-such-command"')])
})

test.each([
  ['a file that does not exist', 'missing.json', undefined, /missing\.json does not exist/],
  [
    'a recording of another version',
    'v.json',
    '{"format":"starttask-recording","version":7}',
    /has format version 7; this package reads version 1/,
  ],
  [
    'a recording that breaks the format',
    'b.json',
    '{"format":"starttask-recording","version":1}',
    /breaks the recording format/,
  ],
  ['a file that is no recording', 'n.json', '{"tasks":[]}', /is no recording/],
  ['a file that is no JSON', 'j.json', '{"format":', /is not JSON/],
])('ends with 3 and the reason for %s', async (_what, name, content, reason) => {
  using folder = createFolder()
  const path = content === undefined ? `${folder.path}/${name}` : folder.write(name, content)
  const { code, stdout, stderr } = await runStarttask(['replay', path])
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toMatch(reason)
  expect(stderr).toContain(name)
  expect(stderr).not.toMatch(/\n\s+at /)
})

test('leaves the recording as it is', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', RECORDING)
  const before = readFileSync(path, 'utf8')
  await runStarttask(['replay', path, ...runScript(POST_STARTED)])
  expect(readFileSync(path, 'utf8')).toBe(before)
})

const THRICE = `for (let count = 0; count < 3; count++) await (${POST_STARTED.replace(/^await /, '')}).then((response) => console.log(response.status), () => console.log('reset'))`

test('lets the faults of a file befall the command, and counts them', async () => {
  using folder = createFolder()
  const path = folder.write('one.json', buildRecording(STARTED))
  const list = [
    { on: 1, fault: 'ServerException' },
    { on: 3, fault: 'reset' },
  ]
  const faults = folder.write(
    'faults.json',
    JSON.stringify({ format: 'starttask-faults', version: 1, faults: list }),
  )
  const { stdout, stderr } = await runStarttask([
    'replay',
    path,
    '--after-last',
    'repeat',
    '--faults',
    faults,
    ...runScript(THRICE),
  ])
  expect(stdout).toBe('500\n200\nreset\n')
  expect(stderr).toBe(
    'starttask: 1 of 1 recorded exchanges played, 0 requests missed, 2 attempts met a fault\n',
  )
})

test('names the place of a fault that is none, and runs nothing', async () => {
  using folder = createFolder()
  const path = folder.write('one.json', buildRecording(STARTED))
  const faults = folder.write(
    'faults.json',
    '{"format":"starttask-faults","version":1,"faults":[{"on":1,"fault":"thrott"}]}',
  )
  const { code, stdout, stderr } = await runStarttask([
    'replay',
    path,
    '--faults',
    faults,
    ...runScript('console.log("ran")'),
  ])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(`Unknown fault: "thrott".\n  place      ${faults}, fault 1\n`)
})

test('echoes the request in the response with --echo', async () => {
  using folder = createFolder()
  const path = folder.write('one.json', buildRecording(STARTED))
  const body = JSON.stringify({ ...buildInput('started'), startedBy: 'run-7' })
  const script = `const response = await fetch(process.env.AWS_ENDPOINT_URL_ECS, { method: 'POST', headers: { 'x-amz-target': '${TARGET}' }, body: '${body}' })
console.log((await response.json()).tasks[0].startedBy)`
  const { stdout } = await runStarttask([
    'replay',
    path,
    '--echo',
    '--ignore',
    '/startedBy',
    ...runScript(script),
  ])
  expect(stdout).toBe('run-7\n')
})

test('takes a factor for --latency, and refuses a word that is none', async () => {
  using folder = createFolder()
  const path = folder.write('one.json', buildRecording(STARTED))
  expect(
    await runStarttask(['replay', path, '--latency', '0.5', ...runScript(POST_STARTED)]),
  ).toMatchObject({ code: 0 })
  const { code, stderr } = await runStarttask([
    'replay',
    path,
    '--latency',
    'soon',
    ...runScript(POST_STARTED),
  ])
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('none, recorded or a factor such as 0.5 is needed.'),
  ])
})
