import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { makeHostileTimeline } from '../incident/hostile.ts'
import { makeResponse, makeExchange, makeRecording } from '../incident/timelines.ts'
import { createFolder, findControls, runScript, runStarttask } from './starttask.ts'

const STORM = 'recordings/incidents/throttling-storm.json'
const SERVER_ERROR = 'recordings/incidents/server-error-task-started.json'
const ROOT = { cwd: process.cwd() }

/** A command that sends one request of the incident. */
const SEND = runScript(`await fetch(process.env.AWS_ENDPOINT_URL_ECS, { method: 'POST',
  headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' },
  body: JSON.stringify({ cluster: 'batch', containerInstances: ['1a6e7a1c-0000-4000-8000-000000000001'], startedBy: 'invoice-8841', taskDefinition: 'invoice:12' }) })`)

test('writes the report of an incident as HTML and as Markdown', async () => {
  using folder = createFolder()
  const [html, markdown] = [join(folder.path, 'deep/report.html'), join(folder.path, 'report.md')]
  const run = await runStarttask(
    ['incident', 'report', STORM, '--out', html, '--markdown', markdown, '--title', 'The storm'],
    ROOT,
  )
  expect(run).toMatchObject({ code: 0, stdout: '' })
  expect(run.stderr.replaceAll(/\d+ kB/g, 'n kB')).toBe(
    `starttask: the report is in ${html}, n kB\nstarttask: the report is in ${markdown}, n kB\n`,
  )
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>.*<h1>The storm<\/h1>/s)
  expect(readFileSync(markdown, 'utf8')).toMatch(/^## The storm\n/)
})

test('writes Markdown to standard output for a pipe', async () => {
  const { code, stdout, stderr } = await runStarttask(
    ['incident', 'report', SERVER_ERROR, '--markdown', '-'],
    ROOT,
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    /^## a request is answered with HTTP 500 .*\nMade by starttask-harness [\d.]+\. Pictures and bodies are in the HTML report\.\n$/s,
  )
})

test('says as JSON what was written', async () => {
  using folder = createFolder()
  const out = join(folder.path, 'report.html')
  const { stdout } = await runStarttask(
    ['incident', 'report', SERVER_ERROR, '--out', out, '--json'],
    ROOT,
  )
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    written: [out],
    events: 12,
    invocations: 2,
    findings: 2,
  })
})

test('sets that day and today side by side, whatever the command ends with', async () => {
  using folder = createFolder()
  const [html, markdown] = [join(folder.path, 'report.html'), join(folder.path, 'report.md')]
  const run = await runStarttask(
    ['incident', 'reenact', SERVER_ERROR, '--report', html, '--markdown', markdown, ...SEND],
    ROOT,
  )
  expect(run.code).toBe(0)
  expect(readFileSync(html, 'utf8')).toMatch(
    /<h2 id="today">That day and today<\/h2>.*<strong>less-often<\/strong>/s,
  )
  expect(readFileSync(markdown, 'utf8')).toContain('| less-often |')
})

test('writes a report over a report, and over nothing else', async () => {
  using folder = createFolder()
  const report = join(folder.path, 'report.html')
  for (const code of [0, 0])
    expect(await runStarttask(['incident', 'report', STORM, '--out', report], ROOT)).toMatchObject({
      code,
    })
  const recording = folder.write(
    'mine.json',
    makeRecording([makeExchange(0, makeResponse(['Made by starttask-harness']))]),
  )
  const before = readFileSync(recording, 'utf8')
  for (const target of [recording, folder.path]) {
    const { code, stderr } = await runStarttask(
      ['incident', 'report', STORM, '--out', target],
      ROOT,
    )
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        `${target} is there already and is no report, so it is not overwritten.`,
      ),
    ])
  }
  expect(readFileSync(recording, 'utf8')).toBe(before)
})

test('refuses a target before the command of a re-enactment is run', async () => {
  using folder = createFolder()
  const [taken, ran] = [folder.write('notes.txt', 'mine'), join(folder.path, 'ran')]
  const args = ['incident', 'reenact', SERVER_ERROR, '--report', taken, '--', 'touch', ran]
  expect(await runStarttask(args, ROOT)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is no report'),
  })
  expect(existsSync(ran)).toBe(false)
})

test.each([
  [['incident', 'report', STORM], 2, 'The report has nowhere to go.'],
  [
    ['incident', 'report', STORM, '--json', '--markdown', '-'],
    2,
    'Both --json and --markdown - would go to standard output.',
  ],
  [
    ['incident', 'reenact', STORM, '--json', '--markdown', '-', '--', 'true'],
    2,
    'Both --json and --markdown - would go to standard output.',
  ],
  [['incident', 'report', 'nowhere.json', '--markdown', '-'], 3, 'nowhere.json does not exist'],
  [
    ['incident', 'report', STORM, '--out', '/dev/null/report.html'],
    3,
    'Cannot write /dev/null/report.html',
  ],
])('says what is wrong with %j', async (args, code, message) => {
  expect(await runStarttask(args, ROOT)).toMatchObject({
    code,
    stdout: '',
    stderr: expect.stringContaining(message),
  })
})

test('writes nothing to a terminal that strings of a recording could make of it', async () => {
  using folder = createFolder()
  const hostile = '\u001b[2J\u202e\n::error::owned'
  const [event] = makeHostileTimeline(hostile).events
  const exchange =
    event?.kind === 'attempt' ? event.exchange : makeExchange(0, makeResponse([hostile]))
  const path = folder.write(
    'hostile.json',
    makeRecording([exchange], {
      provenance: { scenario: hostile, source: hostile, limits: hostile },
    }),
  )
  const { stdout, stderr } = await runStarttask([
    'incident',
    'report',
    path,
    '--markdown',
    '-',
    '--out',
    join(folder.path, 'report.html'),
  ])
  expect([findControls(stdout + stderr), /^::/m.test(stdout + stderr)]).toEqual([[], false])
})
