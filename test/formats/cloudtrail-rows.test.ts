import { execFileSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { CLOUDTRAIL } from '../../src/formats/index.ts'
import { HAS_PYTHON } from '../secrets/scanner.ts'
import { importBytes, makeRecord } from './importing.ts'

const REQUEST = '{"cluster":"a, b","containerInstances":["i-1"],"taskDefinition":"web:1"}'
const NAMES = [
  'eventTime',
  'eventSource',
  'eventName',
  'eventVersion',
  'requestParameters',
  'responseElements',
]
const VALUES = [
  '2026-11-24T10:00:00Z',
  'ecs.amazonaws.com',
  'StartTask',
  '1.08',
  REQUEST,
  '{"tasks":[],"failures":[]}',
]
const BODY = { cluster: 'a, b', containerInstances: ['i-1'], taskDefinition: 'web:1' }

/** A CSV file, every cell in quotes, as Athena writes its results. */
function formatCsv(...rows: string[][]): string {
  return rows
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n')
}

test('reads a CSV of Athena', async () => {
  const { imported, findings } = await importBytes(
    CLOUDTRAIL,
    `${formatCsv(
      NAMES.map((name) => name.toLowerCase()),
      VALUES,
      VALUES,
    )}\n`,
    { file: 'r.csv' },
  )
  expect([findings, imported.map(({ exchange }) => exchange.request.body)]).toEqual([
    [],
    [BODY, BODY],
  ])
})

test.skipIf(!HAS_PYTHON)(
  'reads a CSV that Python wrote, with line feeds in cells (needs python3)',
  async () => {
    const script =
      'import csv, json, sys\nw = csv.writer(sys.stdout)\nfor row in json.load(sys.stdin): w.writerow(row)'
    const pretty = VALUES.map((value) =>
      value.startsWith('{') ? JSON.stringify(JSON.parse(value), null, 2) : value,
    )
    const csv = execFileSync('python3', ['-c', script], {
      input: JSON.stringify([NAMES, pretty, pretty]),
      encoding: 'utf8',
    })
    const { imported, findings } = await importBytes(CLOUDTRAIL, csv, { file: 'r.csv' })
    expect([findings, imported.map(({ exchange }) => exchange.request.body)]).toEqual([
      [],
      [BODY, BODY],
    ])
    expect(new Set(imported.map(({ line }) => line)).size).toBe(2)
  },
)

test('gives the rows before the place where a CSV breaks, and tells the line', async () => {
  const { imported, findings } = await importBytes(
    CLOUDTRAIL,
    `${formatCsv(NAMES, VALUES, VALUES)}\n"2026-11-24T10:00:00Z","ecs`,
    {
      file: 'r.csv',
    },
  )
  expect([imported.length, findings]).toEqual([
    2,
    [expect.objectContaining({ rule: 'import.cut', severity: 'error', line: 4 })],
  ])
})

test.each([
  [
    'Athena',
    {
      ResultSet: {
        Rows: [NAMES, VALUES, VALUES].map((row) => ({
          Data: row.map((VarCharValue) => ({ VarCharValue })),
        })),
      },
    },
  ],
  [
    'CloudTrail Lake',
    {
      QueryResultRows: [VALUES, VALUES].map((row) =>
        row.map((value, index) => ({ [NAMES[index] ?? '']: value })),
      ),
    },
  ],
])('reads what the command line prints of a query result of %s', async (_service, result) => {
  const { imported, findings } = await importBytes(CLOUDTRAIL, JSON.stringify(result, null, 2))
  expect([findings, imported.map(({ exchange }) => exchange.request.body)]).toEqual([
    [],
    [BODY, BODY],
  ])
})

test.each([
  [
    'cloudtrail lookup-events',
    (text: string) => ({ Events: [{ EventId: 'e', CloudTrailEvent: text }, { EventId: 'f' }] }),
  ],
  [
    'logs filter-log-events',
    (text: string) => ({
      events: [
        { eventId: '1', message: 'START' },
        { eventId: '2', message: text },
      ],
    }),
  ],
])('reads what aws %s prints', async (_command, wrap) => {
  const record = { ...makeRecord(), requestParameters: JSON.parse(REQUEST) }
  const { imported, findings } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify(wrap(JSON.stringify(record)), null, 2),
  )
  expect([findings, imported.map(({ exchange }) => exchange.request.body)]).toEqual([[], [BODY]])
})

test("says that Lake's own way of writing a map is none that can be read", async () => {
  const row = {
    ...Object.fromEntries(NAMES.map((name, index) => [name.toLowerCase(), VALUES[index]])),
    requestparameters: '{cluster=default, taskDefinition=web:1}',
  }
  const { imported, findings } = await importBytes(CLOUDTRAIL, JSON.stringify([row]))
  expect([imported.length, findings.map(({ rule }) => rule)]).toEqual([1, ['import.request']])
})
