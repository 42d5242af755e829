/** Records in what aws-cli prints of them: moto carries them, aws-cli writes the file. What a record holds is made as its guide describes it. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, inject, test } from 'vitest'

import { startMoto } from '../../scripts/recordings/moto.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { createFolder, runStarttask } from '../cli/starttask.ts'
import { makeRecord, makeTaskEvent } from '../formats/importing.ts'

const { moto, awsCli } = inject('programs')

/** aws-cli beside a moto. */
async function startAws(): Promise<
  AsyncDisposable & { aws: (...args: string[]) => Promise<string> }
> {
  const server = await startMoto()
  const env = {
    PATH: process.env['PATH'] ?? '',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return {
    aws: async (...args) =>
      (
        await promisify(execFile)('aws', ['--endpoint-url', server.url, ...args], {
          env,
          maxBuffer: 1e8,
        })
      ).stdout,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

describe.skipIf(!moto || !awsCli)('with moto_server and aws-cli (needs them)', () => {
  test('imports CloudTrail records of a log group, as aws logs filter-log-events prints them', async () => {
    using folder = createFolder()
    await using service = await startAws()
    await service.aws('logs', 'create-log-group', '--log-group-name', 'trail')
    await service.aws(
      'logs',
      'create-log-stream',
      '--log-group-name',
      'trail',
      '--log-stream-name',
      'one',
    )
    const events = JSON.stringify([
      { timestamp: Date.now(), message: JSON.stringify(makeRecord()) },
    ])
    await service.aws(
      'logs',
      'put-log-events',
      '--log-group-name',
      'trail',
      '--log-stream-name',
      'one',
      '--log-events',
      events,
    )
    const log = folder.write(
      'events.json',
      await service.aws('logs', 'filter-log-events', '--log-group-name', 'trail'),
    )
    const out = join(folder.path, 'incident.json')
    expect(await runStarttask(['import', 'cloudtrail', log, '--out', out])).toMatchObject({
      code: 0,
    })
    expect(
      parseRecording(readFileSync(out, 'utf8')).exchanges.map(({ request }) => request.body),
    ).toEqual([{ cluster: 'default', containerInstances: ['i-1'], taskDefinition: 'web:1' }])
  }, 120_000)

  test('imports task state changes that an event bus put into a queue, as aws sqs receive-message prints them', async () => {
    using folder = createFolder()
    await using service = await startAws()
    const queue = JSON.parse(
      await service.aws('sqs', 'create-queue', '--queue-name', 'states'),
    ).QueueUrl
    await service.aws(
      'events',
      'put-rule',
      '--name',
      'states',
      '--event-pattern',
      '{"source":["aws.ecs"]}',
    )
    const target = 'Id=1,Arn=arn:aws:sqs:us-east-1:123456789012:states'
    await service.aws('events', 'put-targets', '--rule', 'states', '--targets', target)
    const { detail } = Object(makeTaskEvent())
    const entry = {
      Source: 'aws.ecs',
      DetailType: 'ECS Task State Change',
      Detail: JSON.stringify(detail),
    }
    await service.aws('events', 'put-events', '--entries', JSON.stringify([entry]))
    const log = folder.write(
      'messages.json',
      await service.aws('sqs', 'receive-message', '--queue-url', queue),
    )
    const out = join(folder.path, 'tasks.json')
    expect(await runStarttask(['import', 'eventbridge', log, '--out', out])).toMatchObject({
      code: 0,
    })
    expect(
      parseRecording(readFileSync(out, 'utf8')).taskStateChanges?.map(
        ({ task }) => task['lastStatus'],
      ),
    ).toEqual(['RUNNING'])
  }, 120_000)
})
