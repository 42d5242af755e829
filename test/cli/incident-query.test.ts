import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { makeDay, makeEvent, writeTrail } from '../query/trails.ts'
import { createFolder, findControls, runStarttask, startStarttask } from './starttask.ts'

test('makes an archive and answers from it, in a table and as one JSON document', async () => {
  using folder = createFolder()
  const trail = writeTrail(join(folder.path, 'trail'), makeDay())
  const out = join(folder.path, 'archive')
  expect(await runStarttask(['incident', 'archive', trail, '--out', out])).toMatchObject({
    code: 0,
    stdout: '',
  })
  const sql = `select errorcode, count(*) as n from cloudtrail_logs where errorcode = :code group by errorcode`
  const asked = ['incident', 'query', out, '--sql', sql, '--param', 'code=ThrottlingException']
  const table = await runStarttask(asked)
  expect(table).toMatchObject({ code: 0, stderr: 'starttask: 1 row\n' })
  expect(table.stdout).toBe(
    'errorcode            n\n-------------------  -\nThrottlingException  2\n',
  )
  const { stdout } = await runStarttask([...asked, '--json'])
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    columns: [
      { name: 'errorcode', type: 'VARCHAR' },
      { name: 'n', type: 'BIGINT' },
    ],
    rows: [['ThrottlingException', 2]],
    hasMore: false,
    findings: [],
  })
})

test('asks recordings where they lie, and leaves nothing behind', async () => {
  using folder = createFolder()
  const { code, stdout } = await runStarttask(
    ['incident', 'query', 'recordings/incidents', '--named', 'latency', '--json'],
    {
      env: { TMPDIR: folder.path },
    },
  )
  expect(code).toBe(0)
  const { rows }: { rows: unknown[][] } = JSON.parse(stdout)
  expect(rows.length).toBeGreaterThan(0)
  expect(readdirSync(folder.path).filter((name) => name !== 'node-compile-cache')).toEqual([]) // Node.js keeps compiled code there
})

test('keeps the digits of a number that no double holds', async () => {
  using folder = createFolder()
  const trail = writeTrail(folder.path, [makeEvent(1)])
  const sql = 'select cast(9007199254740993 as bigint) as n from cloudtrail_logs'
  const { stdout } = await runStarttask(['incident', 'query', trail, '--sql', sql, '--json'])
  expect(stdout).toContain('"rows":[[9007199254740993]]')
})

test('lets nothing of a row steer the terminal', async () => {
  using folder = createFolder()
  const hostile = '\u001b[2J\u001b]0;x\u0007\u202egnp\u009b31m\nstarttask: all is well'
  const trail = writeTrail(folder.path, [makeEvent(1, { userAgent: hostile, errorCode: hostile })])
  for (const more of [[], ['--json']]) {
    const { stdout, stderr } = await runStarttask([
      'incident',
      'query',
      trail,
      '--sql',
      'select useragent, errorcode from cloudtrail_logs',
      ...more,
    ])
    expect(findControls(stdout + stderr)).toEqual([])
    expect(stdout.split('\n').filter((line) => line.startsWith('starttask:'))).toEqual([])
  }
})

test('says how many rows it gives of more', async () => {
  using folder = createFolder()
  const trail = writeTrail(folder.path, makeDay())
  const { stderr, stdout } = await runStarttask([
    'incident',
    'query',
    trail,
    '--named',
    'events',
    '--limit',
    '2',
    '--json',
  ])
  expect(stderr).toBe('starttask: the first 2 rows; there are more (--limit 20)\n')
  expect(JSON.parse(stdout)).toMatchObject({ hasMore: true })
})

test('turns rows into a recording', async () => {
  using folder = createFolder()
  const trail = writeTrail(join(folder.path, 'trail'), makeDay())
  const out = join(folder.path, 'recording.json')
  const { code } = await runStarttask([
    'incident',
    'query',
    trail,
    '--named',
    'events',
    '--import',
    out,
  ])
  expect(code).toBe(0)
  const {
    exchanges,
    recordedAt,
  }: { exchanges: { response: { status: number } }[]; recordedAt: string } = JSON.parse(
    readFileSync(out, 'utf8'),
  )
  expect(recordedAt).toBe('2026-03-02T23:58:00.000Z')
  expect(exchanges).toHaveLength(19)
  expect(exchanges.filter(({ response }) => response.status === 400)).toHaveLength(3)
})

test.each([
  [
    ['--sql', 'select nothing from cloudtrail_logs'],
    /error: The query was not answered: .*"nothing"[\s\S]*LINE 1[\s\S]*remedy/,
  ],
  [['--sql', 'selec 1'], /SELECT or WITH/],
  [['--sql', "select * from read_csv('/etc/passwd')"], /not portable: read_csv/],
  [['--named', 'nobody'], /name one of outcomes/],
  [[], /give one of --named/],
  [['--named', 'events', '--sql', 'select 1'], /give one of --named/],
  [['--named', 'events', '--param', 'x'], /write --param name=value/],
  [['--named', 'events', '--limit', '0'], /number of rows/],
  [['--named', 'events', '--engine', 'athena'], /name no path/],
  [['--named', 'events', '--engine', 'other'], /name duckdb or athena/],
  [['--named', 'events', '--dialect', 'other'], /name portable or duckdb/],
  [['--named', 'errors', '--import', 'x.json'], /no column eventsource/],
])('ends with 2 and says what to do: %j', async (args, message) => {
  using folder = createFolder()
  const trail = writeTrail(folder.path, makeDay())
  const { code, stderr, stdout } = await runStarttask(['incident', 'query', trail, ...args])
  expect(stderr).toMatch(message)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test.each(['query', 'archive'])(
  'ends with 3 where %s finds nothing in a folder, or no folder',
  async (command) => {
    using folder = createFolder()
    const rest = command === 'query' ? ['--named', 'events'] : ['--out', join(folder.path, 'out')]
    const empty = await runStarttask(['incident', command, folder.path, ...rest])
    expect(empty.code).toBe(3)
    expect(empty.stderr).toMatch(/holds neither recordings nor files of CloudTrail/)
    expect(
      (await runStarttask(['incident', command, join(folder.path, 'none'), ...rest])).code,
    ).toBe(3)
  },
)

test('ends with 1 where something of the source could not be read', async () => {
  using folder = createFolder()
  const trail = writeTrail(join(folder.path, 'trail'), makeDay())
  writeFileSync(
    join(trail, 'cut.json'),
    JSON.stringify({ Records: [makeEvent(1), makeEvent(2)] }).slice(0, -40),
  )
  const out = join(folder.path, 'archive')
  const { code, stderr } = await runStarttask(['incident', 'archive', trail, '--out', out])
  expect(code).toBe(1)
  expect(stderr).toMatch(/cut\.json:1: the last record is cut off/)
  expect(existsSync(out)).toBe(true)
})

test.each([
  [
    '@duckdb/node-api',
    ['incident', 'query', 'TRAIL', '--named', 'events'],
    /npm install -D @duckdb\/node-api/,
  ],
  [
    '@duckdb/node-api',
    ['incident', 'archive', 'TRAIL', '--out', 'OUT'],
    /npm install -D @duckdb\/node-api/,
  ],
  [
    '@aws-sdk/client-s3',
    ['incident', 'archive', 's3://bucket/x/', '--out', 'OUT'],
    /npm install -D @aws-sdk\/client-s3/,
  ],
  [
    '@aws-sdk/client-athena',
    ['incident', 'query', '--named', 'events', '--engine', 'athena', '--database', 'x'],
    /npm install -D @aws-sdk\/client-athena/,
  ],
])('names what to install where %s is missing: %j', async (name, args, message) => {
  using folder = createFolder()
  const trail = writeTrail(join(folder.path, 'trail'), makeDay())
  const hook = folder.write(
    'missing.mjs',
    `import { registerHooks } from 'node:module'
    registerHooks({ resolve(specifier, context, next) {
      if (specifier === '${name}') throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
      return next(specifier, context)
    } })`,
  )
  const given = args.map((arg) =>
    arg === 'TRAIL' ? trail : arg === 'OUT' ? join(folder.path, 'out') : arg,
  )
  const { code, stderr } = await runStarttask(given, { env: { NODE_OPTIONS: `--import=${hook}` } })
  expect(stderr).toMatch(message)
  expect(code).toBe(3)
  expect(existsSync(join(folder.path, 'out'))).toBe(false)
})

test.each(['--json', '--limit=5'])('shows the queries that ship (%s)', async (flag) => {
  const { code, stdout } = await runStarttask(['incident', 'query', '--list', flag])
  expect(code).toBe(0)
  for (const name of ['outcomes', 'failures', 'throttling', 'repeats', 'latency'])
    expect(stdout).toContain(name)
})

test('shows the text that engines get, for who would rather paste it into Athena’s console', async () => {
  const sql = 'select 1 from cloudtrail_logs where errorcode = :code;'
  const { stdout, stderr } = await runStarttask([
    'incident',
    'query',
    '--sql',
    sql,
    '--param',
    'code=x',
    '--show',
  ])
  expect(stdout).toBe('select 1 from cloudtrail_logs where errorcode = ?\n')
  expect(stderr).toBe('  ? 1        x\n')
})

test('is given up by Ctrl-C with 130', async () => {
  using folder = createFolder()
  const trail = writeTrail(folder.path, makeDay())
  const file = folder.write(
    'forever.sql',
    `select count(*) as n from range(100000000000) a, range(1000) b`,
  )
  const run = startStarttask(['incident', 'query', trail, '--file', file, '--dialect', 'duckdb'], {
    env: { NODE_OPTIONS: `--import=${folder.write('tell.mjs', TELLS_SIGINT)}` },
  })
  expect(await run.readLine()).toBe('listening')
  run.kill('SIGINT')
  expect(await run.ended).toMatchObject({ code: 130, signal: null })
})

/** Says when the command has begun to listen for Ctrl-C. */
const TELLS_SIGINT = `process.on('newListener', (name) => { if (name === 'SIGINT') process.stdout.write('listening\\n') })`
