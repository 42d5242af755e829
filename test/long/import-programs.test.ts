import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { describe, expect, inject, test } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { createFolder, runStarttask } from '../cli/starttask.ts'
import { HAS_PYTHON, scanPaths } from '../secrets/scanner.ts'

const SAMPLE = fileURLToPath(new URL('../../recordings/started/page-sample.json', import.meta.url))
const INSTANCE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
const SECRET = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')
const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  AWS_ACCESS_KEY_ID: ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  TZ: 'Asia/Kolkata', // half an hour off the hour
}
const CALL = [
  'ecs',
  'start-task',
  '--task-definition',
  'hello_world',
  '--container-instances',
  INSTANCE,
]

describe.skipIf(!inject('programs').awsCli)('with aws-cli (needs it)', () => {
  test('imports a call that was retried as one invocation of five attempts, which plays again to the same client', async () => {
    using folder = createFolder()
    await using server = await startReplayServer(SAMPLE, {
      faults: [{ on: 1, fault: 'ServerException', attempts: 4 }],
    })
    const before = Date.now()
    const { stdout, stderr } = await promisify(execFile)(
      'aws',
      [...CALL, '--endpoint-url', server.url, '--debug'],
      {
        env: ENVIRONMENT,
        maxBuffer: 1e8,
      },
    )
    const log = join(folder.path, 'debug.log')
    writeFileSync(log, stderr)
    const out = join(folder.path, 'incident.json')
    expect(await runStarttask(['import', 'aws-cli-debug', log, '--out', out])).toMatchObject({
      code: 0,
    })
    const { exchanges, recordedAt } = parseRecording(readFileSync(out, 'utf8'))
    expect(
      exchanges.map(({ invocation, attempt, response }) => [
        invocation,
        attempt,
        'status' in response && response.status,
      ]),
    ).toEqual([500, 500, 500, 500, 200].map((status, index) => ['invocation-1', index + 1, status]))
    expect(Math.abs(Date.parse(recordedAt) - before)).toBeLessThan(60_000)
    const again = await runStarttask(['replay', out, '--', 'aws', ...CALL], {
      env: { HOME: folder.path },
    })
    expect(again).toMatchObject({ code: 0, stdout })
    expect(again.stderr).toContain('5 of 5 recorded exchanges played, 0 requests missed')
  })

  test.skipIf(!HAS_PYTHON)('writes no secret of a log', async () => {
    using folder = createFolder()
    await using server = await startReplayServer(SAMPLE, { match: { ignore: ['/*'] } })
    const overrides = JSON.stringify({
      containerOverrides: [{ name: 'app', environment: [{ name: 'DB_PASSWORD', value: SECRET }] }],
    })
    const { stderr } = await promisify(execFile)(
      'aws',
      [...CALL, '--overrides', overrides, '--endpoint-url', server.url, '--debug'],
      {
        env: ENVIRONMENT,
        maxBuffer: 1e8,
      },
    )
    const log = join(folder.path, 'debug.log')
    writeFileSync(log, stderr)
    expect(stderr).toContain(SECRET)
    const out = join(folder.path, 'out')
    await runStarttask(['import', 'aws-cli-debug', log, '--out', join(out, 'incident.json')])
    await runStarttask(['import', 'aws-cli-debug', log, '--out', join(out, 'incident.ndjson')])
    expect(await scanPaths([out], [SECRET, ENVIRONMENT.AWS_ACCESS_KEY_ID])).toEqual({
      code: 0,
      found: [],
    })
  })
})

test.skipIf(!inject('programs').boto3)("imports boto3's own log (needs boto3)", async () => {
  using folder = createFolder()
  await using server = await startReplayServer(SAMPLE)
  const script = `import boto3, logging, sys
boto3.set_stream_logger('', logging.DEBUG)
ecs = boto3.client('ecs', endpoint_url=sys.argv[1])
ecs.start_task(taskDefinition='hello_world', containerInstances=['${INSTANCE}'])`
  const { stderr } = await promisify(execFile)('python3', ['-c', script, server.url], {
    env: ENVIRONMENT,
    maxBuffer: 1e8,
  })
  const log = join(folder.path, 'boto3.log')
  writeFileSync(log, stderr)
  const out = join(folder.path, 'incident.json')
  expect(await runStarttask(['import', 'aws-cli-debug', log, '--out', out])).toMatchObject({
    code: 0,
  })
  expect(parseRecording(readFileSync(out, 'utf8')).exchanges).toMatchObject([
    { operation: 'StartTask', attempt: 1, response: { status: 200 } },
  ])
})
