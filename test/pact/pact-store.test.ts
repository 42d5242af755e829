import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { type Interaction, namePactFile, type PactChange, savePact } from '../../src/pact/index.ts'
import { createFolder, REQUEST } from './sample-pact.ts'

const UNPLACED = { failures: [], tasks: [] }

function makeInteraction(description: string, request: object = REQUEST): Interaction {
  return {
    description,
    states: [{ name: 'ready' }],
    request: { ...request },
    status: 200,
    response: UNPLACED,
  }
}

/** A pact's folder with two test files in it. */
function createPact() {
  const folder = createFolder()
  const [one, other] = ['one.test.ts', 'other.test.ts'].map((name) => join(folder.path, name))
  for (const file of [one, other]) writeFileSync(file ?? '', '')
  const file = namePactFile(folder.path, 'sample')
  return {
    folder,
    file,
    one: one ?? '',
    other: other ?? '',
    save: (
      source: string | undefined,
      descriptions: readonly (string | Interaction)[],
      rest: Partial<PactChange> = {},
    ) =>
      savePact({
        file,
        consumer: 'sample',
        interactions: descriptions.map((each) =>
          typeof each === 'string' ? makeInteraction(each) : each,
        ),
        ...(source === undefined ? {} : { source }),
        ...rest,
      }),
    read: () => readFileSync(file, 'utf8'),
    list: (): string[] =>
      JSON.parse(readFileSync(file, 'utf8')).interactions.map(
        ({ description }: Interaction) => description,
      ),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

test('gives the same bytes in whatever order the tests ran', async () => {
  using one = createPact()
  using other = createPact()
  await one.save(one.one, ['b', 'a'])
  await one.save(one.other, ['c'])
  await other.save(other.other, ['c'])
  await other.save(other.one, ['a', 'b'])
  expect(one.read()).toBe(other.read())
})

test('takes away what its test file makes no longer, and nothing of another one', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a', 'b'])
  await pact.save(pact.other, ['c'])
  const saved = await pact.save(pact.one, ['a'])
  expect([pact.list(), saved.removed]).toEqual([['a', 'c'], ['b']])
})

test('takes away what a test file made that is gone', async () => {
  using pact = createPact()
  await pact.save(join(pact.folder.path, 'deleted.test.ts'), ['stale'])
  await pact.save(pact.one, ['a'])
  expect(pact.list()).toEqual(['a'])
})

test('takes nothing away after a run in part', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a', 'b'])
  await pact.save(pact.one, ['b'], { isPartial: true })
  expect(pact.list()).toEqual(['a', 'b'])
})

test('keeps an interaction that two test files make until neither does', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a'])
  await pact.save(pact.other, ['a', 'b'])
  await pact.save(pact.one, [])
  expect(pact.list()).toEqual(['a', 'b'])
  await pact.save(pact.other, ['b'])
  expect(pact.list()).toEqual(['b'])
})

test('removes the file with its last interaction', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a'])
  await pact.save(pact.one, [])
  expect(existsSync(pact.file)).toBe(false)
})

test('refuses what another test file says otherwise under the same name, and names both', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a'])
  const before = pact.read()
  const saving = pact.save(pact.other, [makeInteraction('a', { ...REQUEST, cluster: 'other' })])
  await expect(saving).rejects.toThrow(
    expect.objectContaining({
      code: 'interaction-conflict',
      message: expect.stringMatching(/one\.test\.ts.*other\.test\.ts/),
    }),
  )
  expect(pact.read()).toBe(before)
})

test('lets one test file change what it says', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a'])
  await pact.save(pact.one, [makeInteraction('a', { ...REQUEST, cluster: 'other' })])
  expect(pact.read()).toContain('"other"')
})

test('keeps what another program wrote, and its comments', async () => {
  using pact = createPact()
  const foreign = {
    type: 'Asynchronous/Messages',
    description: 'foreign',
    comments: { text: ['mine'] },
    contents: { content: 1 },
  }
  writeFileSync(
    pact.file,
    JSON.stringify({
      consumer: { name: 'sample' },
      provider: { name: 'AmazonECS' },
      interactions: [foreign],
      metadata: { pactSpecification: { version: '4.0' } },
    }),
  )
  await pact.save(pact.one, ['a'])
  await pact.save(pact.one, [])
  expect(JSON.parse(pact.read()).interactions).toEqual([foreign])
})

test.each([
  [
    'a pact of another consumer',
    '{"consumer":{"name":"else"},"provider":{"name":"AmazonECS"},"interactions":[]}',
    'usage',
  ],
  ['no pact', '{}', 'usage'],
  ['half a file', '{"consumer":', 'not-json'],
])('refuses to write over %s', async (_kind, text, code) => {
  using pact = createPact()
  writeFileSync(pact.file, text)
  await expect(pact.save(pact.one, ['a'])).rejects.toMatchObject({ code })
  expect(pact.read()).toBe(text)
})

test('refuses an interaction that holds what looks like a secret', async () => {
  using pact = createPact()
  const key = ['AKIA', 'QWERTYUIOPASDFGH'].join('')
  const secret = makeInteraction('a', {
    ...REQUEST,
    overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'X', value: key }] }] },
  })
  await expect(pact.save(pact.one, [secret])).rejects.toMatchObject({ code: 'secret-found' })
  expect(readdirSync(pact.folder.path).toSorted()).toEqual(['one.test.ts', 'other.test.ts'])
})

test('writes nothing when nothing changed, and leaves no lock', async () => {
  using pact = createPact()
  await pact.save(pact.one, ['a'])
  const before = readdirSync(pact.folder.path).toSorted()
  await pact.save(pact.one, ['a'])
  expect(readdirSync(pact.folder.path).toSorted()).toEqual(before)
})

test('makes a file name of any consumer that stays in its folder', () => {
  expect(namePactFile('pacts', '../../etc/pass wd')).toBe('pacts/.._.._etc_pass_wd-AmazonECS.json')
})
