import { readFileSync } from 'node:fs'

import { ECSClient, StartTaskCommand, type StartTaskCommandInput } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { type ConsumerContract, consumerContract } from '../../src/pact/index.ts'
import { createFolder, REQUEST, TASK } from './sample-pact.ts'

const TESTED = { outcome: 'started', tasks: [{ ...TASK, launchType: 'EC2' }] } as const
const SENT: StartTaskCommandInput = { ...REQUEST, propagateTags: 'SERVICE' }

function createClient(url: string, maxAttempts = 3): ECSClient {
  return new ECSClient({
    endpoint: url,
    region: 'us-east-1',
    maxAttempts,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  })
}

function send(url: string, input: StartTaskCommandInput = SENT) {
  return createClient(url).send(new StartTaskCommand(input))
}

function begin(folder: { path: string }, testFile = import.meta.url): ConsumerContract {
  return consumerContract({ consumer: 'sample', dir: folder.path, testFile })
}

const expectStart = (contract: ConsumerContract, description = 'a start') =>
  contract
    .given('ready', { cluster: 'default' })
    .uponReceiving(description, { ...REQUEST, propagateTags: 'SERVICE' })
    .respondWith(TESTED)

test('gives the client the response and the test what it gives', async () => {
  using folder = createFolder()
  const response = await expectStart(begin(folder)).run(({ url }) => send(url))
  expect([response.tasks?.[0]?.createdAt, response.tasks?.[0]?.version, response.failures]).toEqual(
    [new Date(1479765460842), 1, []],
  )
})

test('lets a client send other values that the contract takes', async () => {
  using folder = createFolder()
  const other = {
    ...SENT,
    startedBy: 'night/7',
    containerInstances: ['i-1', 'i-2', 'i-3'],
    propagateTags: 'NONE',
    tags: [
      { key: 'a', value: '' },
      { key: 'b', value: '漢字' },
    ],
  } as const
  const response = await expectStart(begin(folder)).run(({ url }) =>
    send(url, {
      ...other,
      containerInstances: [...other.containerInstances],
      tags: [...other.tags],
    }),
  )
  expect(response.tasks).toHaveLength(1)
})

test('tells test and client alike which place differs, by which rule, after one attempt', async () => {
  using folder = createFolder()
  let attempts: unknown
  const run = expectStart(begin(folder)).run(async ({ url }) => {
    await send(url, { ...SENT, startedBy: 'night run', group: 'g' }).catch(
      (error: { $metadata: { attempts: number }; name: string }) => {
        attempts = [error.name, error.$metadata.attempts]
        throw error
      },
    )
  })
  await expect(run).rejects.toMatchObject({
    code: 'interaction-failed',
    cause: { name: 'ConsumerContractMismatch', message: expect.stringContaining('/startedBy') },
    message: [
      'The request is not the one of the interaction "a start".',
      '  place      /group is sent, and the interaction does not have it',
      "  place      /startedBy Expected 'night run' to match '^[A-Za-z0-9/_-]{0,36}$'; the rule is regex ^[A-Za-z0-9/_-]{0,36}$",
      '  place      /startedBy breaks the documented contract, request.startedBy.pattern: startedBy is "night run"; it has characters beside letters, digits, - / and _',
      '  remedy     send what the interaction says, or say in uponReceiving what is sent',
    ].join('\n'),
  })
  expect(attempts).toEqual(['ConsumerContractMismatch', 1])
})

test('names a member that is not sent', async () => {
  using folder = createFolder()
  const { tags: _, ...input } = SENT
  await expect(expectStart(begin(folder)).run(({ url }) => send(url, input))).rejects.toThrow(
    '/tags is in the interaction, and is not sent',
  )
})

test('fails a test that swallows the error of a mismatch', async () => {
  using folder = createFolder()
  const run = expectStart(begin(folder)).run(async ({ url }) => {
    await send(url, { ...SENT, cluster: undefined }).catch(() => {})
  })
  await expect(run).rejects.toMatchObject({ code: 'interaction-failed' })
})

test('fails a client that asks twice', async () => {
  using folder = createFolder()
  const run = expectStart(begin(folder)).run(async ({ url }) => {
    await send(url)
    await send(url)
  })
  await expect(run).rejects.toThrow(
    'The client sent 2 requests for the interaction "a start", which is one.',
  )
})

test('fails a test whose client never asks', async () => {
  using folder = createFolder()
  await expect(expectStart(begin(folder)).run(() => 'nothing')).rejects.toThrow(
    'The client sent no request',
  )
})

test("gives the test's own error as it is", async () => {
  using folder = createFolder()
  const run = expectStart(begin(folder)).run(async ({ url }) => {
    await send(url)
    throw new TypeError('of the test')
  })
  await expect(run).rejects.toThrow(new TypeError('of the test'))
})

test('takes attempts of one invocation for one request', async () => {
  using folder = createFolder()
  const answered = begin(folder)
    .given('failing')
    .uponReceiving('a failure', { ...REQUEST, propagateTags: 'SERVICE' })
    .respondWith({ outcome: 'rejected', error: 'ServerException' })
  const error = await answered.run(({ url }) =>
    send(url).catch((thrown: { name: string; $metadata: { attempts: number } }) => thrown),
  )
  expect(error).toMatchObject({
    name: 'ServerException',
    $metadata: { attempts: 3, httpStatusCode: 500 },
  })
})

test('rejects as documented, with the first status that is known', async () => {
  using folder = createFolder()
  const answered = begin(folder)
    .given('denied')
    .uponReceiving('a denial', { ...REQUEST, propagateTags: 'SERVICE' })
    .respondWith({
      outcome: 'rejected',
      error: 'AccessDeniedException',
      message: 'no',
      status: 403,
    })
  const error = await answered.run(({ url }) => send(url).catch((thrown: unknown) => thrown))
  expect(error).toMatchObject({
    name: 'AccessDeniedException',
    message: 'no',
    $metadata: { httpStatusCode: 403 },
  })
})

test('holds a value that shall count as it stands', async () => {
  using folder = createFolder()
  const received = begin(folder)
    .given('ready')
    .uponReceiving(
      'exactly',
      { ...REQUEST, propagateTags: 'SERVICE' },
      { exactly: ['/startedBy', '/tags/0/key'] },
    )
  const run = received
    .respondWith(TESTED)
    .run(({ url }) => send(url, { ...SENT, tags: [{ key: 'other', value: 'x' }] }))
  await expect(run).rejects.toThrow(
    "/tags/0/key Expected 'other' (String) to be equal to 'team' (String)",
  )
})

test('refuses an interaction that the documented contract does not take', async () => {
  using folder = createFolder()
  const run = begin(folder)
    .given('ready')
    .uponReceiving('too long', { ...REQUEST, propagateTags: 'SERVICE', startedBy: 'x'.repeat(37) })
    .respondWith(TESTED)
    .run(({ url }) => send(url))
  await expect(run).rejects.toThrow(
    '/request/body/content/startedBy request.startedBy.maxLength: startedBy has 37 characters',
  )
})

test('writes what passed, and nothing of what failed', async () => {
  using folder = createFolder()
  const contract = begin(folder)
  await expectStart(contract, 'passes').run(({ url }) => send(url))
  await expectStart(contract, 'fails')
    .run(() => 'nothing')
    .catch(() => {})
  const saved = await contract.finish()
  expect(readDescriptions(saved.file)).toEqual(['passes'])
})

test('takes nothing away when an interaction failed', async () => {
  using folder = createFolder()
  const first = begin(folder)
  for (const name of ['one', 'other']) await expectStart(first, name).run(({ url }) => send(url))
  await first.finish()
  const second = begin(folder)
  await expectStart(second, 'one').run(({ url }) => send(url))
  await expectStart(second, 'other')
    .run(() => 'nothing')
    .catch(() => {})
  expect(readDescriptions((await second.finish()).file)).toEqual(['one', 'other'])
})

test('writes when it is disposed of', async () => {
  using folder = createFolder()
  {
    await using contract = begin(folder)
    await expectStart(contract).run(({ url }) => send(url))
  }
  expect(readDescriptions(`${folder.path}/sample-AmazonECS.json`)).toEqual(['a start'])
})

test('refuses a second interaction of the same name that says something else', async () => {
  using folder = createFolder()
  const contract = begin(folder)
  await expectStart(contract).run(({ url }) => send(url))
  const other = contract
    .given('ready', { cluster: 'default' })
    .uponReceiving('a start', { taskDefinition: 'x', containerInstances: ['i-1'] })
    .respondWith(TESTED)
  await expect(other.run(({ url }) => send(url))).rejects.toMatchObject({
    code: 'interaction-conflict',
  })
})

test('runs interactions of one contract at once without mixing them up', async () => {
  using folder = createFolder()
  const contract = begin(folder)
  const runs = Array.from({ length: 8 }, (_, index) =>
    expectStart(contract, `start ${index}`).run(({ url }) => send(url)),
  )
  await Promise.all(runs)
  expect((await contract.finish()).interactions).toBe(8)
})

function readDescriptions(file: string): string[] {
  const { interactions }: { interactions: { description: string }[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return interactions.map(({ description }) => description)
}
