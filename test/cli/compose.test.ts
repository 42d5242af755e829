import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { checkExchange, readOutcome } from '../../src/contract/index.ts'
import { isTransportFailure, type Recording } from '../../src/protocol/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import { buildRecording, STARTED } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

vi.setConfig({ testTimeout: 30_000 }) // each run of the command is a process, and many tests run at once

const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'

/** A run with a key of the folder's own. */
function compose(folder: Folder, args: readonly string[], input?: string) {
  const env = { STARTTASK_KEY_FILE: join(folder.path, '.key') }
  return runStarttask(['compose', ...args], {
    cwd: folder.path,
    env,
    ...(input === undefined ? {} : { input }),
  })
}

function read(folder: Folder, name: string): Recording {
  return parseRecording(readFileSync(join(folder.path, name), 'utf8'))
}

function readKind(recording: Recording): string {
  const response = recording.exchanges.at(-1)?.response
  if (!response || isTransportFailure(response)) return 'failed'
  return readOutcome({
    ...response,
    body: response.bodyText ?? (response.body === null ? '' : JSON.stringify(response.body)),
  }).kind
}

test.for(['started', 'partial', 'unplaced', 'rejected'])(
  'composes a conforming recording that is %s, labelled as composed',
  async (outcome) => {
    using folder = createFolder()
    const { code, stderr } = await compose(folder, ['--outcome', outcome, '--out', 'x.json'])
    expect([code, stderr]).toEqual([0, `starttask: x.json #1 is composed: ${outcome}\n`])
    const recording = read(folder, 'x.json')
    expect(readKind(recording)).toBe(outcome)
    expect(
      recording.exchanges.flatMap(checkExchange).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    expect(recording.provenance).toMatchObject({
      source: 'composed',
      note: expect.stringContaining('no service was asked'),
    })
    expect(readFileSync(join(folder.path, 'x.json'), 'utf8')).toBe(formatUnredacted(recording))
  },
)

test('composes the same bytes each time, on every machine', async () => {
  using folder = createFolder()
  using other = createFolder()
  await compose(folder, ['--outcome', 'partial', '--out', 'x.json'])
  await compose(other, ['--outcome', 'partial', '--out', 'x.json'])
  expect(readFileSync(join(folder.path, 'x.json'), 'utf8')).toBe(
    readFileSync(join(other.path, 'x.json'), 'utf8'),
  )
})

test('gives the instances of a request their reasons in turn', async () => {
  using folder = createFolder()
  const request = {
    cluster: 'prod',
    taskDefinition: 'web:3',
    containerInstances: ['a', 'b', 'c', 'd'],
  }
  const args = [
    '-',
    '--outcome',
    'partial',
    '--reason',
    'AGENT',
    '--reason',
    'RESOURCE:CPU',
    '--detail',
    'so it is',
    '--out',
    'x.json',
  ]
  expect((await compose(folder, args, JSON.stringify(request))).code).toBe(0)
  const { exchanges } = read(folder, 'x.json')
  expect(exchanges[0]?.request.body).toEqual(request)
  expect(exchanges[0]?.response).toMatchObject({
    body: {
      tasks: [{ containerInstanceArn: expect.stringMatching(/prod\/a$/) }],
      failures: [
        { arn: expect.stringMatching(/prod\/b$/), reason: 'AGENT', detail: 'so it is' },
        { arn: expect.stringMatching(/prod\/c$/), reason: 'RESOURCE:CPU' },
        { arn: expect.stringMatching(/prod\/d$/), reason: 'RESOURCE:CPU' },
      ],
    },
  })
})

test('a reason that is documented nowhere is taken, and marked', async () => {
  using folder = createFolder()
  const { code, stderr } = await compose(folder, [
    '--outcome',
    'unplaced',
    '--reason',
    'QUANTUM, DRIFT',
    '--out',
    'x.json',
  ])
  expect(code).toBe(0)
  expect(stderr).toContain('  reason     "QUANTUM, DRIFT" is in no documentation')
  expect(read(folder, 'x.json').provenance).toMatchObject({ undocumented: ['QUANTUM, DRIFT'] })
})

test('an account id in a reason gets its pseudonym, in the provenance too', async () => {
  using folder = createFolder()
  const reason = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod'
  expect(
    (await compose(folder, ['--outcome', 'unplaced', '--reason', reason, '--out', 'x.json'])).code,
  ).toBe(0)
  expect(readFileSync(join(folder.path, 'x.json'), 'utf8')).not.toContain('111122223333')
})

test('what is unreadable names what it departs from', async () => {
  using folder = createFolder()
  const { code, stderr } = await compose(folder, [
    '--outcome',
    'unreadable',
    '--reason',
    'empty-200',
    '--out',
    'x.json',
  ])
  expect([code, stderr]).toEqual([0, expect.stringContaining('departs    response.type')])
  expect(readKind(read(folder, 'x.json'))).toBe('unreadable')
  expect(read(folder, 'x.json').provenance['departures']).toEqual(['response.type'])
})

test('a request that breaks the contract is refused with its findings', async () => {
  using folder = createFolder()
  const { code, stdout, stderr } = await compose(
    folder,
    ['-', '--outcome', 'started', '--out', 'x.json'],
    '{"taskDefinition":"web:3"}',
  )
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain(
    'error   /request/body/containerInstances: containerInstances is missing; it is required',
  )
  expect(stderr).toContain('request.containerInstances.required; API page')
  expect(existsSync(join(folder.path, 'x.json'))).toBe(false)
  const json = await compose(
    folder,
    ['-', '--outcome', 'started', '--out', 'x.json', '--json'],
    '{"taskDefinition":"web:3"}',
  )
  expect(JSON.parse(json.stdout)).toMatchObject({
    schemaVersion: 1,
    out: null,
    findings: [{ rule: 'request.containerInstances.required' }],
  })
})

test('a request that breaks the contract can be rejected', async () => {
  using folder = createFolder()
  const args = [
    '-',
    '--outcome',
    'rejected',
    '--error',
    'InvalidParameterException',
    '--message',
    'No.',
    '--out',
    'x.json',
  ]
  expect((await compose(folder, args, '{"taskDefinition":"web:3"}')).code).toBe(0)
  expect(read(folder, 'x.json').exchanges[0]?.response).toMatchObject({
    status: 400,
    body: { message: 'No.' },
  })
})

test('reads the request from a file', async () => {
  using folder = createFolder()
  folder.write(
    'request.json',
    '{"taskDefinition":"web:3","containerInstances":["i"],"startedBy":"me"}',
  )
  const { code, stdout } = await compose(folder, [
    'request.json',
    '--outcome',
    'started',
    '--out',
    'x.json',
    '--json',
  ])
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      schemaVersion: 1,
      out: 'x.json',
      exchange: 1,
      outcome: 'started',
      departures: [],
      undocumented: [],
      findings: [],
    },
  ])
  expect(read(folder, 'x.json').exchanges[0]?.response).toMatchObject({
    body: { tasks: [{ startedBy: 'me' }] },
  })
})

test('adds to a composed recording, a second later and as an invocation of its own', async () => {
  using folder = createFolder()
  await compose(folder, [
    '--outcome',
    'rejected',
    '--error',
    'ThrottlingException',
    '--out',
    'x.json',
  ])
  const { code, stderr } = await compose(folder, [
    '--outcome',
    'started',
    '--out',
    'x.json',
    '--append',
  ])
  expect([code, stderr]).toEqual([0, 'starttask: x.json #2 is composed: started\n'])
  expect(read(folder, 'x.json').exchanges).toMatchObject([
    { invocation: 'invocation-1', startedAtMs: 0 },
    { invocation: 'invocation-2', startedAtMs: 1000 },
  ])
})

test('does not overwrite, and adds to nothing that was recorded', async () => {
  using folder = createFolder()
  const text = formatUnredacted(buildRecording(STARTED))
  const file = folder.write('x.json', text)
  const plain = await compose(folder, ['--outcome', 'started', '--out', 'x.json'])
  expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('is there already')])
  const append = await compose(folder, ['--outcome', 'started', '--out', 'x.json', '--append'])
  expect([append.code, append.stderr]).toEqual([
    2,
    expect.stringContaining('holds what was recorded'),
  ])
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('takes secrets and account ids out of the request, and of the response that repeats them', async () => {
  using folder = createFolder()
  const request = {
    cluster: 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod',
    taskDefinition: 'web:3',
    containerInstances: ['i'],
    overrides: {
      containerOverrides: [
        { name: 'web', environment: [{ name: 'TOKEN', value: 'hunter2hunter2' }] },
      ],
    },
    startedBy: KEY_ID,
  }
  expect(
    (
      await compose(
        folder,
        ['-', '--outcome', 'started', '--out', 'x.json'],
        JSON.stringify(request),
      )
    ).code,
  ).toBe(0)
  const text = readFileSync(join(folder.path, 'x.json'), 'utf8')
  for (const secret of [KEY_ID, '111122223333', 'hunter2']) expect(text).not.toContain(secret)
})

test('writes nothing that still looks like a secret', async () => {
  using folder = createFolder()
  const foreign = 'shp' + 'at_' + 'ab12cd34ab12cd34ab12cd34ab12cd34'
  const { code, stderr } = await compose(folder, [
    '--outcome',
    'rejected',
    '--message',
    foreign,
    '--out',
    'x.json',
  ])
  expect(code).toBe(3)
  expect(stderr).toContain('still looks like a secret')
  expect(stderr).not.toContain(foreign)
  expect(existsSync(join(folder.path, 'x.json'))).toBe(false)
})

test.for([
  [['--outcome', 'fine', '--out', 'x.json'], 'There is no outcome "fine"'],
  [['--outcome', 'started', '--out', 'x.txt'], "a recording's name ends in .json"],
  [
    ['--outcome', 'unplaced', '--error', 'ClientException', '--out', 'x.json'],
    '--error goes with --outcome rejected',
  ],
  [
    ['--outcome', 'rejected', '--error', 'A', '--reason', 'A', '--out', 'x.json'],
    'both name the error',
  ],
  [
    ['--outcome', 'rejected', '--error', 'throttlingexception', '--out', 'x.json'],
    'ThrottlingException',
  ],
  [['--outcome', 'rejected', '--status', 'abc', '--out', 'x.json'], '--status is "abc"'],
  [['--outcome', 'started'], 'The option --out is missing.\n  remedy     Pass --out FILE.\n'],
] as const)('ends with 2 and says what does not go together: %j', async ([args, message]) => {
  using folder = createFolder()
  const { code, stdout, stderr } = await compose(folder, args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
  expect(existsSync(join(folder.path, 'x.json'))).toBe(false)
})

test.for([
  [
    'of one instance for a partial response',
    '{"taskDefinition":"web:3","containerInstances":["i"]}',
    'partial',
    2,
    'two container instances',
  ],
  ['that is a list', '[]', 'started', 2, 'is not a JSON object'],
  ['that is empty', '', 'started', 2, 'is not a JSON object'],
  ['that is cut', '{', 'started', 3, 'is not JSON'],
  [
    'that is a recording',
    formatUnredacted(buildRecording(STARTED)),
    'started',
    2,
    'is a recording, not the body of a request',
  ],
] as const)('refuses a request %s', async ([, input, outcome, code, message]) => {
  using folder = createFolder()
  const run = await compose(folder, ['-', '--outcome', outcome, '--out', 'x.json'], input)
  expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(message)])
})

test('ends with 3 where the request is nowhere', async () => {
  using folder = createFolder()
  const { code, stderr } = await compose(folder, [
    'none.json',
    '--outcome',
    'started',
    '--out',
    'x.json',
  ])
  expect([code, stderr]).toEqual([3, expect.stringContaining('The request cannot be read')])
})

test('hostile words reach no terminal', async () => {
  using folder = createFolder()
  const hostile = '\u001b[2J\u202e\n::error::planted ##[error]planted'
  const runs = [
    await compose(folder, [
      '--outcome',
      'unplaced',
      '--reason',
      hostile,
      '--out',
      'x.json',
      '--json',
    ]),
    await compose(folder, ['--outcome', 'rejected', '--error', hostile, '--out', 'y.json']),
    await compose(folder, ['--outcome', hostile, '--out', 'y.json']),
    await compose(
      folder,
      ['-', '--outcome', 'started', '--out', 'y.json'],
      JSON.stringify({ [hostile]: hostile }),
    ),
  ]
  for (const { stdout, stderr } of runs) {
    expect(findControls(stdout + stderr)).toEqual([])
    for (const line of (stdout + stderr).split('\n')) expect(line).not.toMatch(/^\s*::/)
  }
  expect(runs[0]?.code).toBe(0)
})
