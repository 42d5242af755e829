import { expect, test } from 'vitest'

import {
  createProvider,
  parseProviderState,
  type ProviderOptions,
} from '../../src/provider/index.ts'
import { buildRequest, createStandingClock, HEALTHY, HEALTHY_TOO, readId, start } from './asking.ts'

const REQUESTS = [
  buildRequest('StartTask', {
    taskDefinition: 'hello_world',
    containerInstances: [HEALTHY, HEALTHY_TOO, 'none'],
  }),
  buildRequest('StartTask', { taskDefinition: 'none', containerInstances: [HEALTHY] }),
  buildRequest('ListTasks', {}),
]

async function answerAll(options: ProviderOptions) {
  const provider = createProvider({ clock: createStandingClock(), ...options })
  return Promise.all(REQUESTS.map((request) => provider.respond(request)))
}

test('gives the same bytes and headers for the same seed, clock and requests', async () => {
  const first = await answerAll({ seed: 7 })
  expect(await answerAll({ seed: 7 })).toEqual(first)
  expect(first[0]?.headers).toEqual({
    'content-type': 'application/x-amz-json-1.1',
    'content-length': expect.stringMatching(/^\d+$/),
    date: 'Mon, 21 Nov 2016 21:57:40 GMT',
    'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('gives other ids for another seed', async () => {
  const [one] = await answerAll({ seed: 7 })
  const [other] = await answerAll({ seed: 8 })
  expect(one?.headers['x-amzn-requestid']).not.toBe(other?.headers['x-amzn-requestid'])
  expect(one?.body).not.toBe(other?.body)
})

test('gives each response a request id of its own', async () => {
  const ids = (await answerAll({})).map((response) => response.headers['x-amzn-requestid'])
  expect(new Set(ids).size).toBe(REQUESTS.length)
})

test('gives no task id twice when a state goes on in another provider with the same seed', async () => {
  const first = createProvider()
  const id = readId(await start(first))
  const second = createProvider({ state: parseProviderState(JSON.stringify(first.state)) })
  expect(readId(await start(second))).not.toBe(id)
})

test('gives no task id twice when tasks were taken out of the state', async () => {
  const provider = createProvider()
  await start(provider)
  const kept = readId(await start(provider))
  const edited = createProvider({
    state: { ...provider.state, tasks: provider.state.tasks.slice(1) },
  })
  expect(readId(await start(edited))).not.toBe(kept)
})

test('never changes a state that it gave away', async () => {
  const provider = createProvider()
  const before = provider.state
  await start(provider)
  expect(before.tasks).toEqual([])
  expect(provider.state.tasks).toHaveLength(1)
})

test('tells each new state, and none where nothing changed', async () => {
  const told: number[] = []
  const provider = createProvider({ onChange: (state) => told.push(state.tasks.length) })
  await start(provider)
  await start(provider, { containerInstances: ['none'] })
  await start(provider)
  expect(told).toEqual([1, 2])
})
