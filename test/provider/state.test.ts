import { expect, test } from 'vitest'

import { createDefaultState, createProvider, parseProviderState } from '../../src/provider/index.ts'
import { createTestProvider, start } from './asking.ts'

/** The text of the default state with one change. */
function edit(change: (state: Record<string, unknown>) => void): string {
  const state: Record<string, unknown> = { ...createDefaultState() }
  change(state)
  return JSON.stringify(state)
}

test('reads the default state as it was written', () => {
  expect(parseProviderState(JSON.stringify(createDefaultState()))).toEqual(createDefaultState())
})

test('reads a state with tasks, stopped ones too, as it was written', async () => {
  const provider = createTestProvider()
  await start(provider, { tags: [{ key: 'bare' }], startedBy: 'me', enableExecuteCommand: true })
  const [task] = provider.state.tasks
  const state = { ...provider.state, tasks: [{ ...task, stopped: { atMs: 1, reason: 'enough' } }] }
  expect(parseProviderState(JSON.stringify(state))).toEqual(state)
})

test.each([
  {
    cause: 'an unknown member',
    text: edit((state) => void (state['services'] = [])),
    place: '/services',
  },
  { cause: 'a missing member', text: edit((state) => void delete state['tasks']), place: '/tasks' },
  {
    cause: 'a wrong type',
    text: edit((state) => void (state['clusters'] = {})),
    place: '/clusters',
  },
  {
    cause: 'an account that is none',
    text: edit((state) => void (state['account'] = '12')),
    place: '/account',
  },
  {
    cause: 'a wrong value deep inside',
    text: edit((state) => void (state['clusters'] = [{ name: 'a/b', containerInstances: [] }])),
    place: '/clusters/0/name',
  },
  {
    cause: 'a name twice',
    text: edit(
      (state) =>
        void (state['clusters'] = ['a', 'a'].map((name) => ({ name, containerInstances: [] }))),
    ),
    place: '/clusters/1',
  },
  { cause: 'a number', text: '7', place: 'the complete state' },
  { cause: 'an empty text', text: '', place: 'the complete state' },
  { cause: 'a prototype member', text: '{"__proto__": {}}', place: '/__proto__' },
])('refuses $cause by its place', ({ text, place }) => {
  expect(() => parseProviderState(text)).toThrow(
    expect.objectContaining({
      name: 'HarnessError',
      code: 'usage',
      message: expect.stringMatching(new RegExp(`place {6}${place}\n  remedy {5}.+`)),
    }),
  )
})

test('refuses a task in no cluster of the state', async () => {
  const provider = createTestProvider()
  await start(provider)
  expect(() => parseProviderState(JSON.stringify({ ...provider.state, clusters: [] }))).toThrow(
    /place {6}\/tasks\/0\/cluster/,
  )
})

test('refuses a text that is no JSON', () => {
  expect(() => parseProviderState('{')).toThrow(expect.objectContaining({ code: 'not-json' }))
})

test('takes a cluster with the name of a prototype member', async () => {
  const provider = createProvider({
    state: { ...createDefaultState(), clusters: [{ name: '__proto__', containerInstances: [] }] },
  })
  const response = await start(provider, { cluster: '__proto__' })
  expect(response.body).toMatchObject({ failures: [{ reason: 'MISSING' }], tasks: [] })
})

test('refuses an option that it does not know', () => {
  const options = { seed: 1, sede: 1 }
  expect(() => createProvider(options)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('sede') }),
  )
})

test('refuses a state that is none', () => {
  const state = { ...createDefaultState(), region: '' }
  expect(() => createProvider({ state })).toThrow(expect.objectContaining({ code: 'usage' }))
})
