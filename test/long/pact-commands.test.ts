import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { startBroker } from '../pact/broker.ts'
import { makePact } from '../pact/sample-pact.ts'
import { createFolder, findControls, runStarttask } from '../cli/starttask.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COMMITTED = join(ROOT, 'contracts/pacts')
const RECORDINGS = join(ROOT, 'recordings')

test('checks the committed pacts without a finding worth a line', async () => {
  const { code, stdout } = await runStarttask(['pact', 'check', COMMITTED])
  expect([code, stdout.split('\n').at(-2)]).toEqual([
    0,
    'checked 8: 0 errors, 0 warnings, 16 infos',
  ])
})

test('fails on an interaction that breaks the contract, and says which, where and what', async () => {
  using folder = createFolder()
  const pact = await makePact()
  pact.interactions[0].request.matchingRules.body['$.startedBy'].matchers[0].regex = '^.{1,128}$'
  const file = folder.write('sample.json', JSON.stringify(pact, null, 2))
  const { code, stdout } = await runStarttask(['pact', 'check', file])
  expect(code).toBe(1)
  expect(stdout).toContain(
    `error   ${file} /interactions/0/request/matchingRules/body/$.startedBy/matchers/0\n`,
  )
  expect(stdout).toContain(
    '(interaction 1, "1 started")\n        request.startedBy.maxLength; contracts/start-task, read against the matcher',
  )
})

test('gives findings as one JSON document, as SARIF with lines, and as annotations', async () => {
  using folder = createFolder()
  const pact = await makePact()
  pact.interactions[1].request.body.content.cluster = 1
  const file = folder.write('sample.json', JSON.stringify(pact, null, 2))
  const json = JSON.parse((await runStarttask(['pact', 'check', file, '--json'])).stdout)
  expect([json.schemaVersion, json.checked]).toEqual([1, 3])
  expect(json.findings).toContainEqual(
    expect.objectContaining({
      file,
      interaction: 2,
      description: '2 unplaced',
      rule: 'request.cluster.type',
      pointer: '/interactions/1/request/body/content/cluster',
    }),
  )
  const sarif = JSON.parse((await runStarttask(['pact', 'check', file, '--sarif'])).stdout)
  const [result] = sarif.runs[0].results.filter(
    ({ ruleId }: { ruleId: string }) => ruleId === 'request.cluster.type',
  )
  const { startLine } = result.locations[0].physicalLocation.region
  expect(readFileSync(file, 'utf8').split('\n')[startLine - 1]).toContain('"cluster": 1')
  expect((await runStarttask(['pact', 'check', file, '--github'])).stdout).toContain(
    '::error file=',
  )
})

test('lets the configuration file weigh findings otherwise', async () => {
  using folder = createFolder()
  const pact = await makePact()
  pact.metadata.pactSpecification.version = '3.0'
  const file = folder.write('sample.json', JSON.stringify(pact))
  const rules = folder.write('rules.json', JSON.stringify({ severity: { 'pact.form': 'error' } }))
  expect((await runStarttask(['pact', 'check', file])).stdout).toContain('warning')
  expect((await runStarttask(['pact', 'check', file, '--config', rules])).code).toBe(1)
})

test('goes on with other files where one is no pact', async () => {
  using folder = createFolder()
  folder.write('a.json', '{"consumer":')
  folder.write('b.json', '{"name":"package"}')
  folder.write('c.json', JSON.stringify(await makePact()))
  const { code, stdout } = await runStarttask(['pact', 'check', folder.path, '--json'])
  const { checked, findings } = JSON.parse(stdout)
  expect([
    code,
    checked,
    findings
      .filter(({ severity }: { severity: string }) => severity === 'error')
      .map(({ rule }: { rule: string }) => rule),
  ]).toEqual([1, 3, ['file.not-json', 'file.pact-invalid']])
})

test('makes hostile names safe to print', async () => {
  using folder = createFolder()
  const pact = await makePact()
  pact.interactions[0].description = '\u001b[31m\n::error::x'
  pact.interactions[0].request.body.content['\u001b]0;x\u0007'] = 1
  const file = folder.write('sample.json', JSON.stringify(pact))
  const { stdout, stderr } = await runStarttask(['pact', 'check', file])
  expect([findControls(stdout + stderr), /^::/m.test(stdout)]).toEqual([[], false])
})

test('compares with recordings', async () => {
  const { code, stdout } = await runStarttask([
    'pact',
    'check',
    COMMITTED,
    '--recordings',
    join(RECORDINGS, 'started'),
    '--verbose',
  ])
  expect(code).toBe(0)
  expect(stdout).toContain('pact.unseen; the recordings that were named')
})

test.each([
  [['pact', 'check', 'nowhere.json']],
  [['pact', 'verify', 'nowhere.json', '--embedded']],
  [['pact', 'publish', 'nowhere.json', '--broker', 'http://127.0.0.1:1']],
])('ends %j with what does not exist', async (args) => {
  const { code, stderr } = await runStarttask(args)
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining(
      'error: nowhere.json does not exist.\n  remedy     name a pact file, or a folder with some',
    ),
  ])
})

test('writes a pact of recordings that passes, and tells what it leaves out', async () => {
  using folder = createFolder()
  const args = [
    'pact',
    'write',
    join(RECORDINGS, 'rejected'),
    '--consumer',
    'app',
    '--out',
    folder.path,
    '--json',
  ]
  const { code, stdout, stderr } = await runStarttask(args)
  const { file, interactions, left } = JSON.parse(stdout)
  expect([code, interactions, left.length]).toEqual([0, 4, 3])
  expect(stderr).toContain('#3: its response is no AWS JSON\n')
  expect((await runStarttask(['pact', 'check', file])).code).toBe(0)
  const before = readFileSync(file, 'utf8')
  await runStarttask(args)
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('leaves out of a response what the contract does not have', async () => {
  using folder = createFolder()
  await runStarttask([
    'pact',
    'write',
    join(RECORDINGS, 'started'),
    '--consumer',
    'app',
    '--out',
    folder.path,
  ])
  expect((await runStarttask(['pact', 'check', folder.path])).code).toBe(0)
})

test('writes of a response what the consumer reads', async () => {
  using folder = createFolder()
  await runStarttask([
    'pact',
    'write',
    join(RECORDINGS, 'started/page-sample.json'),
    '--consumer',
    'app',
    '--out',
    folder.path,
    '--reads',
    '/tasks/*/taskArn',
    '/failures',
  ])
  const { interactions } = JSON.parse(readFileSync(join(folder.path, 'app-AmazonECS.json'), 'utf8'))
  expect(interactions[0].response.body.content).toEqual({
    failures: [],
    tasks: [{ taskArn: expect.stringContaining(':task/') }],
  })
})

test('verifies the committed pacts against the embedded provider', async () => {
  const { code, stdout } = await runStarttask(['pact', 'verify', COMMITTED, '--embedded'])
  expect([code, stdout.split('\n').at(-2)]).toEqual([
    0,
    'verified 8: 8 passed, 0 departs as listed, 0 failed',
  ])
})

test('fails a verification, takes listed departures, and fails one that is gone', async () => {
  using folder = createFolder()
  const pact = await makePact()
  pact.interactions = [pact.interactions[2]]
  pact.interactions[0].response.body.content['__type'] = 'ClientException'
  pact.interactions[0].response.matchingRules.body['$.__type'].matchers[0].regex =
    '^ClientException$'
  pact.interactions[0].providerStates = [
    { name: 'the cluster does not exist', params: { cluster: 'default' } },
  ]
  const file = folder.write('sample.json', JSON.stringify(pact))
  const verify = async (departures: object[]) => {
    writeFileSync(join(folder.path, 'rules.json'), JSON.stringify({ provider: { departures } }))
    return runStarttask([
      'pact',
      'verify',
      file,
      '--embedded',
      '--config',
      join(folder.path, 'rules.json'),
    ])
  }
  const failed = await verify([])
  expect([failed.code, failed.stdout]).toEqual([
    1,
    expect.stringMatching(
      /^failed {3}sample: 3 rejected\n {9}given the cluster does not exist\n {9}\/__type: /,
    ),
  ])
  const listed = await verify([{ interaction: '3 rejected', place: '/__type', reason: 'known' }])
  expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('(expected: known)')])
  const gone = await verify([
    { interaction: '*', place: '/__type', reason: 'known' },
    { interaction: '*', place: 'status', reason: 'mended' },
  ])
  expect([gone.code, gone.stdout]).toEqual([
    1,
    expect.stringContaining(
      'provider.departures lists status of *, which no longer occurs (mended)',
    ),
  ])
})

test('asks for the service to verify against', async () => {
  expect(await runStarttask(['pact', 'verify', COMMITTED])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'No service is named.\n  remedy     --url http://127.0.0.1:5000, or --embedded',
    ),
  })
})

test('publishes to a broker, and says version and branch', async () => {
  await using broker = await startBroker('fine')
  const { code, stdout, stderr } = await runStarttask([
    'pact',
    'publish',
    COMMITTED,
    '--broker',
    broker.url,
    '--version-id',
    '1.0.0',
    '--branch',
    'main',
  ])
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('published batch-runner to AmazonECS, 8 interactions'),
  ])
  expect(stderr).toContain('version    1.0.0 (the command line)')
  expect(broker.published).toHaveLength(1)
})

test('ends with the environment code where a broker refuses', async () => {
  await using broker = await startBroker('unauthorised')
  expect(
    await runStarttask(['pact', 'publish', COMMITTED, '--broker', broker.url, '--version-id', '1']),
  ).toMatchObject({ code: 3 })
})
