import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { publishPacts } from '../../src/pact/index.ts'
import { startBroker } from '../pact/broker.ts'
import { createFolder, makePact } from '../pact/sample-pact.ts'

async function writePacts(folder: { path: string }, ...names: string[]): Promise<string[]> {
  const pact = await makePact()
  return names.map((name) => {
    const file = join(folder.path, `${name}.json`)
    writeFileSync(file, JSON.stringify({ ...pact, consumer: { name } }))
    return file
  })
}

test('publishes pacts with version, branch and tags', async () => {
  using folder = createFolder()
  await using broker = await startBroker('fine')
  const pacts = await writePacts(folder, 'one', 'two [1]')
  const report = await publishPacts({
    pacts,
    broker: broker.url,
    version: '1.2.3',
    branch: 'main',
    tags: ['dev'],
  })
  expect(report).toMatchObject({
    version: '1.2.3',
    branch: 'main',
    pacts: [{ consumer: 'one', interactions: 3 }, { consumer: 'two [1]' }],
  })
  expect(
    broker.published
      .map(({ pacticipantName, pacticipantVersionNumber, branch, tags }) => [
        pacticipantName,
        pacticipantVersionNumber,
        branch,
        tags,
      ])
      .toSorted(([one = ''], [other = '']) => (String(one) < String(other) ? -1 : 1)),
  ).toEqual([
    ['one', '1.2.3', 'main', ['dev']],
    ['two [1]', '1.2.3', 'main', ['dev']],
  ])
  const [content] = broker.published
    .filter(({ pacticipantName }) => pacticipantName === 'one')
    .flatMap(({ contracts }) => contracts.map((contract) => contract.content))
  const sent = JSON.parse(Buffer.from(content ?? '', 'base64').toString('utf8'))
  expect(sent.interactions.map(({ request }: { request: unknown }) => request)).toEqual(
    JSON.parse(readFileSync(pacts[0] ?? '', 'utf8')).interactions.map(
      ({ request }: { request: unknown }) => request,
    ),
  )
})

test('takes version and branch from git', async () => {
  using folder = createFolder()
  await using broker = await startBroker('fine')
  const report = await publishPacts({ pacts: await writePacts(folder, 'one'), broker: broker.url })
  expect([report.versionFrom, report.version]).toEqual([
    'git',
    expect.stringMatching(/^[0-9a-f]{40}$/),
  ])
  expect(broker.published[0]?.pacticipantVersionNumber).toBe(report.version)
})

test('sends the token of the environment, and never shows it', async () => {
  using folder = createFolder()
  await using broker = await startBroker('unauthorised')
  vi.stubEnv('PACT_BROKER_TOKEN', 'tok-secret-123')
  const publishing = publishPacts({
    pacts: await writePacts(folder, 'one'),
    broker: broker.url,
    version: '1',
  })
  const error: unknown = await publishing.catch((thrown: unknown) => thrown)
  vi.unstubAllEnvs()
  expect(broker.authorizations).toContain('Bearer tok-secret-123')
  expect(error).toMatchObject({
    code: 'broker-refused',
    message: expect.stringContaining('remedy     set PACT_BROKER_TOKEN'),
  })
  expect(String(error)).not.toContain('tok-secret-123')
})

test('tells what a broker says that refuses', async () => {
  using folder = createFolder()
  await using broker = await startBroker('conflict')
  await expect(
    publishPacts({ pacts: await writePacts(folder, 'one'), broker: broker.url, version: '1' }),
  ).rejects.toMatchObject({
    code: 'broker-refused',
    message: expect.stringContaining('another pact has this version'),
  })
})

test.each([['html'], ['silent'], ['stuck']] as const)(
  'says that no broker answers where one is %s',
  async (mood) => {
    using folder = createFolder()
    await using broker = await startBroker(mood)
    await expect(
      publishPacts({
        pacts: await writePacts(folder, 'one'),
        broker: broker.url,
        version: '1',
        timeoutMs: 1500,
      }),
    ).rejects.toMatchObject({
      code: 'upstream-unreachable',
      message: expect.stringContaining(broker.url),
    })
  },
)

test('leaves no process behind that waits for a broker', async () => {
  using folder = createFolder()
  await using broker = await startBroker('stuck')
  await publishPacts({
    pacts: await writePacts(folder, 'one'),
    broker: broker.url,
    version: '1',
    timeoutMs: 500,
  }).catch(() => {})
  await expect(broker.left).resolves.toBeUndefined()
})

test('says that no broker answers where there is none', async () => {
  using folder = createFolder()
  const { url, [Symbol.asyncDispose]: stop } = await startBroker('fine')
  await stop()
  await expect(
    publishPacts({ pacts: await writePacts(folder, 'one'), broker: url, version: '1' }),
  ).rejects.toMatchObject({
    code: 'upstream-unreachable',
  })
})

test.each([
  ['ftp://broker', 'usage'],
  ['nonsense', 'usage'],
  [['http://user:', 'pass', '@127.0.0.1:1'].join(''), 'usage'],
])('refuses the broker %s before anything is sent', async (broker, code) => {
  using folder = createFolder()
  await expect(
    publishPacts({ pacts: await writePacts(folder, 'one'), broker, version: '1' }),
  ).rejects.toMatchObject({ code })
})

test('refuses a file that is no pact, and publishes none of the others', async () => {
  using folder = createFolder()
  await using broker = await startBroker('fine')
  const pacts = await writePacts(folder, 'one')
  const other = join(folder.path, 'package.json')
  writeFileSync(other, '{"name":"x"}')
  await expect(
    publishPacts({ pacts: [...pacts, other], broker: broker.url, version: '1' }),
  ).rejects.toMatchObject({ code: 'usage' })
  expect(broker.published).toEqual([])
})
