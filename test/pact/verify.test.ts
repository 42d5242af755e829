import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test, vi } from 'vitest'

import {
  judgeDepartures,
  makeInteractions,
  namePactFile,
  savePact,
  STATES,
  verifyPacts,
} from '../../src/pact/index.ts'
import { loadStoredRecordings } from '../../src/recording/index.ts'
import { startProvider } from '../../src/provider/index.ts'
import { createFolder, makePact } from './sample-pact.ts'

const COMMITTED = fileURLToPath(
  new URL('../../contracts/pacts/batch-runner-AmazonECS.json', import.meta.url),
)
const RECORDINGS = fileURLToPath(new URL('../../recordings', import.meta.url))

test('passes the committed pact against the embedded provider', async () => {
  const { interactions } = await verifyPacts({ pacts: [COMMITTED], url: 'embedded' })
  expect(
    interactions.map(({ description, passed, mismatches }) => [description, passed, mismatches]),
  ).toEqual(
    JSON.parse(readFileSync(COMMITTED, 'utf8')).interactions.map(
      ({ description }: { description: string }) => [description, true, []],
    ),
  )
})

test('passes a pact that was made of recordings of the provider', async () => {
  using folder = createFolder()
  const recordings = loadStoredRecordings([
    `${RECORDINGS}/unplaced`,
    `${RECORDINGS}/partial`,
    `${RECORDINGS}/rejected/provider-cluster-not-found.json`,
  ])
  const made = makeInteractions(
    recordings.map(({ path, recording }) => ({
      name: path.replace(`${RECORDINGS}/`, ''),
      recording,
    })),
  )
  const { file } = await savePact({
    file: namePactFile(folder.path, 'recorded'),
    consumer: 'recorded',
    interactions: made.interactions,
  })
  const { interactions } = await verifyPacts({ pacts: [file], url: 'embedded' })
  expect(interactions.map(({ passed, mismatches }) => [passed, mismatches])).toEqual(
    Array.from({ length: 4 }, () => [true, []]),
  )
})

test('calls the state handlers of a service, with their parameters, before each interaction', async () => {
  using folder = createFolder()
  const file = join(folder.path, 'sample.json')
  const pact = await makePact()
  pact.interactions = [pact.interactions[2]]
  pact.interactions[0].providerStates = [
    { name: 'no cluster', params: { cluster: 'x', deep: { one: 1 } } },
  ]
  writeFileSync(file, JSON.stringify(pact))
  await using provider = await startProvider()
  const asked: unknown[] = []
  const states = { 'no cluster': (params: object) => void asked.push(params) }
  const { interactions } = await verifyPacts({ pacts: [file], url: provider.url, states })
  expect(asked).toEqual([{ cluster: 'x', deep: { one: 1 } }])
  expect(interactions).toMatchObject([{ passed: false, states: ['no cluster'] }]) // its cluster is there, and refuses the container's name
})

test('tells what an interaction lacks whose state nobody can bring about', async () => {
  using folder = createFolder()
  const file = join(folder.path, 'sample.json')
  const pact = await makePact()
  pact.interactions = [{ ...pact.interactions[0], providerStates: [{ name: 'the moon is full' }] }]
  writeFileSync(file, JSON.stringify(pact))
  const { interactions } = await verifyPacts({ pacts: [file], url: 'embedded' })
  expect(interactions).toMatchObject([{ passed: false, mismatches: [{ place: 'state' }] }])
})

test('prints nothing of what the native part prints', async () => {
  let output = ''
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await verifyPacts({ pacts: [COMMITTED], url: 'embedded', onOutput: (text) => (output += text) })
  const written = write.mock.calls
  write.mockRestore()
  expect(written).toEqual([])
  expect(output).toContain('Verifying a pact between')
})

test('says that a service cannot be reached, and verifies nothing', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const states = Object.fromEntries(Object.values(STATES).map((name) => [name, () => {}]))
  await expect(
    verifyPacts({ pacts: [COMMITTED], url: `http://127.0.0.1:${port}`, states }),
  ).rejects.toMatchObject({
    code: 'upstream-unreachable',
    message: expect.stringContaining(`http://127.0.0.1:${port}`),
  })
})

test('refuses a file that is no pact before anything is sent', async () => {
  await expect(
    verifyPacts({ pacts: [`${RECORDINGS}/started/page-sample.json`], url: 'embedded' }),
  ).rejects.toMatchObject({ code: 'usage' })
  await expect(verifyPacts({ pacts: ['nowhere.json'], url: 'embedded' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

const INTERACTION = {
  consumer: 'a',
  description: 'd',
  states: [],
  passed: false,
  mismatches: [{ place: '/tasks/3/version', message: 'm' }],
}
const LISTED = { interaction: 'd', place: '/tasks/*/version', reason: 'moto has none' }

test('takes a listed departure for expected, with its reason', () => {
  expect(judgeDepartures([INTERACTION], [LISTED])).toMatchObject({
    expected: 1,
    failed: 0,
    gone: [],
    interactions: [{ mismatches: [{ place: '/tasks/3/version', reason: 'moto has none' }] }],
  })
})

test('fails an interaction that departs in more than what is listed', () => {
  const mismatches = [...INTERACTION.mismatches, { place: 'status', message: 'm' }]
  expect(judgeDepartures([{ ...INTERACTION, mismatches }], [LISTED])).toMatchObject({
    expected: 0,
    failed: 1,
  })
})

test('takes no departure for one of another place', () => {
  const other = { ...INTERACTION, mismatches: [{ place: '/tasks/3', message: 'm' }] }
  expect(judgeDepartures([other], [LISTED])).toMatchObject({ failed: 1, gone: [LISTED] })
  expect(judgeDepartures([INTERACTION], [{ ...LISTED, place: '/tasks/*' }]).failed).toBe(1)
})

test('names a listed departure that no longer occurs, where its interaction was verified', () => {
  const passed = { ...INTERACTION, passed: true, mismatches: [] }
  expect(judgeDepartures([passed], [LISTED]).gone).toEqual([LISTED])
  expect(judgeDepartures([{ ...passed, description: 'other' }], [LISTED]).gone).toEqual([])
})
