import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import {
  createDefaultState,
  parseProviderState,
  type ProviderState,
  startProvider,
} from '../../src/provider/index.ts'
import { buildRequest, HEALTHY } from './asking.ts'

/** A folder for one test. */
async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'starttask-provider-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** A state in which an instance takes any number of tasks. */
function createRoomyState(): ProviderState {
  const state = createDefaultState()
  return {
    ...state,
    taskDefinitions: state.taskDefinitions.map((definition) => ({
      ...definition,
      cpu: 0,
      memory: 0,
    })),
  }
}

async function post(url: string, operation: string, body: object): Promise<Response> {
  return fetch(url, buildRequest(operation, body))
}

async function startOne(url: string): Promise<Response> {
  return post(url, 'StartTask', { taskDefinition: 'hello_world', containerInstances: [HEALTHY] })
}

async function readState(path: string): Promise<ProviderState> {
  return parseProviderState(await readFile(path, 'utf8'))
}

test('creates the state file with the default state when there is none', async () => {
  const stateFile = join(await createFolder(), 'state.json')
  const server = await startProvider({ stateFile })
  await server.stop()
  expect(await readState(stateFile)).toEqual(createDefaultState())
})

test('creates the state file with the state given, and prefers the file once it is there', async () => {
  const stateFile = join(await createFolder(), 'state.json')
  const state = createRoomyState()
  const first = await startProvider({ stateFile, state })
  await first.stop()
  const second = await startProvider({ stateFile, state: createDefaultState() })
  await second.stop()
  expect(await readState(stateFile)).toEqual(state)
})

test('has a change in the file before it answers', async () => {
  const stateFile = join(await createFolder(), 'state.json')
  await using server = await startProvider({ stateFile })
  await startOne(server.url)
  expect((await readState(stateFile)).tasks).toHaveLength(1)
})

test('goes on where a stopped provider was', async () => {
  const stateFile = join(await createFolder(), 'state.json')
  const first = await startProvider({ stateFile })
  await startOne(first.url)
  await first.stop()
  await using second = await startProvider({ stateFile })
  const response = await post(second.url, 'ListTasks', {})
  expect(await response.json()).toMatchObject({
    taskArns: [expect.stringContaining(':task/default/')],
  })
})

test('keeps all of 20 tasks that are started at once', async () => {
  const stateFile = join(await createFolder(), 'state.json')
  await using server = await startProvider({ stateFile, state: createRoomyState() })
  const responses = await Promise.all(Array.from({ length: 20 }, () => startOne(server.url)))
  expect(responses.map((response) => response.status)).toEqual(responses.map(() => 200))
  const { tasks } = await readState(stateFile)
  expect(new Set(tasks.map((task) => task.id)).size).toBe(20)
})

test('shows a whole state to who reads the file while it is written', async () => {
  const stateFile = join(await createFolder(), 'state.json')
  await using server = await startProvider({ stateFile, state: createRoomyState() })
  const progress = { isWriting: true }
  const writing = (async () => {
    for (let round = 0; round < 40; round++) await startOne(server.url)
    progress.isWriting = false
  })()
  const seen: number[] = []
  while (progress.isWriting) seen.push((await readState(stateFile)).tasks.length)
  await writing
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect((await readState(stateFile)).tasks).toHaveLength(40)
})

test('leaves nothing beside the file, which its owner alone may read', async () => {
  const folder = await createFolder()
  const stateFile = join(folder, 'state.json')
  const server = await startProvider({ stateFile })
  await startOne(server.url)
  await server.stop()
  expect(await readdir(folder)).toEqual(['state.json'])
  expect((await stat(stateFile)).mode & 0o077).toBe(0)
})

test.each([
  { cause: 'no JSON', text: '{', code: 'not-json' },
  { cause: 'another JSON', text: '{"a": 1}', code: 'usage' },
  { cause: 'nothing in it', text: '', code: 'usage' },
])('names a state file with $cause, and leaves it alone', async ({ text, code }) => {
  const stateFile = join(await createFolder(), 'broken.json')
  await writeFile(stateFile, text)
  await expect(startProvider({ stateFile })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(stateFile),
  })
  expect(await readFile(stateFile, 'utf8')).toBe(text)
})

test('names a state file that cannot be written', async () => {
  const stateFile = join(await createFolder(), 'none', 'state.json')
  await expect(startProvider({ stateFile })).rejects.toMatchObject({
    code: 'write-failed',
    message: expect.stringContaining(stateFile),
  })
})

test('answers that it failed when a change cannot be written, and writes it with the next one', async () => {
  const inner = await mkdtemp(join(await createFolder(), 'inner-'))
  const stateFile = join(inner, 'state.json')
  await using server = await startProvider({ stateFile })
  await rm(inner, { recursive: true })
  const response = await startOne(server.url)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({
    __type: 'HarnessFailure',
    message: expect.stringContaining('cannot be written'),
  })
  await mkdir(inner)
  expect((await startOne(server.url)).status).toBe(200)
  expect((await readState(stateFile)).tasks).toHaveLength(2)
})
