import type { Exchange, JsonObject } from '../../src/protocol/index.ts'
import { buildResponse, buildExchange } from './recorded-exchanges.ts'

/** A request's text, and which exchange of {@link VARIED} answers it: `undefined` is a miss. */
export interface Variant {
  text: string
  expected: number | undefined
}

/** Recorded requests that the variants are made from, each with a response of its own. */
export const VARIED: readonly Exchange[] = [
  { taskDefinition: 'web:3', containerInstances: ['a1'], startedBy: 'deploy' },
  {
    cluster: 'prod',
    taskDefinition: 'web:3',
    containerInstances: ['a1', 'b2'],
    enableExecuteCommand: true,
  },
  {
    taskDefinition: 'db:12',
    containerInstances: ['c3'],
    overrides: {
      containerOverrides: [
        { name: 'db', cpu: 256, environment: [{ name: 'PASSWORD', value: '(redacted)' }] },
      ],
    },
    tags: [{ key: 'team', value: 'é' }],
  },
  {
    cluster: 'arn:aws:ecs:us-east-1:000058083549:cluster/staging',
    taskDefinition: 'job',
    containerInstances: ['d4'],
    group: 'a"b\\c',
  },
].map((body, index) =>
  buildExchange(
    body,
    buildResponse(index === 3 ? 400 : 200, { index, text: 'é\u{1f600}', large: index + 0.5 }),
  ),
)

/** A stream of numbers in [0, 1) that a seed decides (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Requests that are recorded ones written in other ways, and every third changed a little. */
export function generateVariants(count: number, seed: number): Variant[] {
  const chance = createChance(seed)
  return Array.from({ length: count }, (_, index) => {
    const chosen = Math.floor(chance() * VARIED.length)
    const body = structuredClone(VARIED[chosen]?.request.body) as JsonObject // a body of VARIED
    rewrite(body, chance)
    const isChanged = index % 3 === 0
    if (isChanged) change(body, chance)
    return { text: formatLoosely(body, chance), expected: isChanged ? undefined : chosen }
  })
}

function pick<Item>(items: readonly [Item, ...Item[]], chance: () => number): Item {
  return items[Math.floor(chance() * items.length)] ?? items[0]
}

/** Writes names as ARNs, gives defaults, adds nulls, and fills environments: the request stays the same. */
function rewrite(body: JsonObject, chance: () => number): void {
  const prefix = () =>
    pick(
      [
        'arn:aws:ecs:us-east-1:111122223333',
        'arn:aws-cn:ecs:cn-north-1:444455556666',
        'arn:aws-us-gov:ecs:us-gov-west-1:000058083549',
      ],
      chance,
    )
  if (chance() < 0.5)
    body['taskDefinition'] = `${prefix()}:task-definition/${String(body['taskDefinition'])}`
  const { containerInstances } = body
  if (chance() < 0.5 && Array.isArray(containerInstances)) {
    body['containerInstances'] = containerInstances.map(
      (id) =>
        `${prefix()}:container-instance/${pick(['', 'default/', 'prod/'], chance)}${String(id)}`,
    )
  }
  const clusters: [JsonObject, ...JsonObject[]] = [
    {},
    { cluster: null },
    { cluster: 'default' },
    { cluster: `${prefix()}:cluster/default` },
  ]
  if (body['cluster'] === undefined) Object.assign(body, pick(clusters, chance))
  else if (chance() < 0.5 && typeof body['cluster'] === 'string')
    body['cluster'] = `${prefix()}:cluster/${body['cluster'].split('/').at(-1)}`
  if (chance() < 0.3) body['referenceId'] = null
  const { overrides } = body
  if (overrides !== undefined)
    body['overrides'] = JSON.parse(
      JSON.stringify(overrides).replace('(redacted)', `secret ${chance()}`),
    )
}

/** Makes it another request. */
function change(body: JsonObject, chance: () => number): void {
  const other = [{ name: 'db', cpu: 256, environment: [{ name: 'OTHER', value: 'x' }] }]
  const changes: [JsonObject, ...JsonObject[]] = [
    { taskDefinition: `${String(body['taskDefinition'])}0` },
    { containerInstances: ['other'] },
    { containerInstances: [] },
    { containerInstances: null },
    { cluster: 'elsewhere' },
    { startedBy: 'somebody' },
    { tags: [{ key: 'team', value: 'e' }] },
    { count: 1 },
    { overrides: { containerOverrides: other } },
  ]
  Object.assign(body, pick(changes, chance))
}

/** JSON with members in any order, any space between, and any character escaped. */
function formatLoosely(value: unknown, chance: () => number): string {
  const space = () => pick(['', '', ' ', '\n  ', '\t', '\r\n'], chance)
  const join = (items: string[]) => items.map((item) => `${space()}${item}${space()}`).join(',')
  if (typeof value === 'string') return chance() < 0.2 ? escapeAll(value) : JSON.stringify(value)
  if (typeof value === 'number') return pick([String(value), `${value}.0`, `${value}e0`], chance)
  if (Array.isArray(value)) return `[${join(value.map((item) => formatLoosely(item, chance)))}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([name, member]) =>
      `${JSON.stringify(name)}${space()}:${space()}${formatLoosely(member, chance)}`,
  )
  return `{${join(chance() < 0.5 ? members : members.toReversed())}}`
}

function escapeAll(text: string): string {
  const units = Array.from(
    { length: text.length },
    (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`,
  )
  return `"${units.join('')}"`
}
