import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createFolder, runScript, runStarttask } from './starttask.ts'

const RECORDINGS = fileURLToPath(new URL('../../recordings', import.meta.url))

test('prints a table and names what is missing', async () => {
  const { code, stdout } = await runStarttask(['coverage', join(RECORDINGS, 'unplaced')])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^ {11}touched {6}percent {3}threshold\noutcomes {3}1 of 5 {7}20\.0 % {4}-\n/,
  )
  expect(stdout).toContain('reasons not touched:\n  ATTRIBUTE\n')
})

test('fails below a threshold, and says what is missing', async () => {
  using folder = createFolder()
  const rules = folder.write('rules.json', '{"coverage":{"reasons":50,"outcomes":10}}')
  const { code, stdout, stderr } = await runStarttask(['coverage', RECORDINGS, '--config', rules])
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining(
      'error: 3 of 10 reasons are touched, 30 %, and 50 % are asked for.\n  remedy     record or compose what is missing, as ATTRIBUTE',
    ),
  ])
  expect(stdout).toMatch(/reasons {4}3 of 10 {6}30\.0 % {4}50 %/)
})

test('gives one JSON document', async () => {
  const { stdout } = await runStarttask(['coverage', join(RECORDINGS, 'unplaced'), '--json'])
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({
    schemaVersion: 1,
    exchanges: 2,
    outcomes: { touched: 1, total: 5, seen: [{ name: 'unplaced', times: 2 }] },
    gaps: [],
  })
})

test('counts what runs played alone where their notes are named', async () => {
  using folder = createFolder()
  const usage = join(folder.path, 'usage')
  const body = JSON.stringify({
    cluster: 'gone',
    containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
    taskDefinition: 'hello_world',
  })
  const script = `await fetch(process.env.AWS_ENDPOINT_URL_ECS, { method: 'POST', headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }, body: ${JSON.stringify(body)} })`
  await runStarttask(['replay', RECORDINGS, '--usage', usage, ...runScript(script)])
  const { stdout } = await runStarttask(['coverage', RECORDINGS, '--usage', usage, '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    exchanges: 1,
    outcomes: { seen: [{ name: 'rejected', times: 1 }] },
  })
})

test('says the same of an archive as of the folder that it was made from', async () => {
  using folder = createFolder()
  const archive = join(folder.path, 'all.ndjson')
  await runStarttask(['archive', RECORDINGS, '--out', archive])
  const [one, other] = await Promise.all([
    runStarttask(['coverage', RECORDINGS, '--json']),
    runStarttask(['coverage', archive, '--json']),
  ])
  expect(other.stdout).toBe(one.stdout)
})
