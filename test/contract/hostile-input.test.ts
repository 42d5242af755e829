import { expect, test } from 'vitest'
import { checkError, checkExchange, checkRequest, checkResponse } from '../../src/contract/index.ts'

const sample = {
  cluster: 'default',
  containerInstances: ['a'],
  group: 'web',
  propagateTags: 'NONE',
  taskDefinition: 'b:1',
}

function nest(levels: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level++) value = { bogus: value }
  return value
}

function makeCycle(): object {
  const cycle: Record<string, unknown> = { ...sample }
  cycle['overrides'] = cycle
  return cycle
}

function refuse(): never {
  throw new Error('no')
}

function rulesOf(body: unknown): string[] {
  return checkRequest(body).map((finding) => finding.rule)
}

test('reads 100 levels', () => {
  expect(rulesOf(nest(100))).not.toContain('request.depth')
})

test('gives one finding for 101 levels', () => {
  expect(checkRequest(nest(101))).toMatchObject([
    { pointer: '', rule: 'request.depth', severity: 'error', expected: 100 },
  ])
})

test('gives one finding for a cycle', () => {
  expect(rulesOf(makeCycle())).toEqual(['request.depth'])
})

test('gives one finding for 100000 levels', () => {
  expect(rulesOf(nest(100_000))).toEqual(['request.depth'])
})

test('gives one finding for more than 100000 values', () => {
  expect(
    rulesOf({ ...sample, containerInstances: Array.from({ length: 100_001 }, () => 'a') }),
  ).toEqual(['request.size'])
})

test('gives one finding for a shared value that would unfold without end', () => {
  let shared: unknown = ['x']
  for (let level = 0; level < 60; level++) shared = [shared, shared]
  expect(rulesOf({ ...sample, bogus: shared })).toEqual(['request.size'])
})

test('does not walk the holes of a sparse array', () => {
  const sparse: unknown[] = []
  sparse.length = 4_294_967_295
  expect(rulesOf({ ...sample, tags: sparse })).toEqual(['request.size'])
})

test('reports each of very many findings', () => {
  const body = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`m${index}`, 1]))
  expect(checkRequest({ ...sample, ...body })).toHaveLength(90_000)
})

test.each([
  ['a function', () => 'x'],
  ['a symbol', Symbol('secret')],
  ['a bigint', 10n],
  ['a number that JSON does not have', Number.NaN],
  ['a Date', new Date(0)],
  ['a Map', new Map()],
])('names %s where a member must be text', (kind, value) => {
  expect(checkRequest({ ...sample, cluster: value })).toMatchObject([
    { pointer: '/cluster', rule: 'request.cluster.type', actual: kind },
  ])
})

test('does not take a Map for an object', () => {
  expect(rulesOf({ ...sample, overrides: new Map() })).toEqual(['request.overrides.type'])
})

test('does not take NaN for a number', () => {
  expect(
    rulesOf({ ...sample, overrides: { containerOverrides: [{ name: 'web', cpu: Number.NaN }] } }),
  ).toEqual(['request.overrides.containerOverrides[].cpu.type'])
})

test('reports a getter that throws as a wrong type', () => {
  const body = Object.defineProperty({ ...sample }, 'cluster', {
    enumerable: true,
    get: () => {
      throw new Error('boom')
    },
  })
  expect(checkRequest(body)).toMatchObject([
    { pointer: '/cluster', rule: 'request.cluster.type', actual: 'a member that cannot be read' },
  ])
})

test('checks what a getter gave when it was looked at closely', () => {
  const values = [1, 'default']
  const body = Object.defineProperty({ ...sample }, 'cluster', {
    enumerable: true,
    get: () => values.shift(),
  })
  expect(checkRequest(body)).toEqual([])
})

test('reports a proxy that refuses everything', () => {
  const proxy: unknown = new Proxy({}, { get: refuse, ownKeys: refuse, getPrototypeOf: refuse })
  expect(rulesOf(proxy)).toEqual(['request.type'])
})

test('reports a proxy of an array that lies about its length', () => {
  const liar = new Proxy([], {
    get: (target, key) => (key === 'length' ? Number.NaN : Reflect.get(target, key)),
  })
  expect(rulesOf({ ...sample, containerInstances: liar })).toEqual([
    'request.containerInstances.type',
  ])
})

test.each([undefined, null, 'text', 1, true, [], () => 1, 1n, Symbol('s')])(
  'gives a type finding for the whole %o',
  (body) => {
    expect(rulesOf(body)).toEqual(['request.type'])
    expect(checkResponse(body).map((finding) => finding.rule)).toEqual(['response.type'])
  },
)

test('reads an object that has no prototype', () => {
  expect(rulesOf(Object.assign(Object.create(null), sample))).toEqual([])
})

test('checks an error body that is a cycle', () => {
  expect(checkError(400, {}, makeCycle()).map((finding) => finding.rule)).toEqual(['error.depth'])
})

test.each([
  undefined,
  null,
  1,
  'text',
  {},
  { operation: 'StartTask' },
  { operation: 'StartTask', request: 1, response: [] },
])('does not throw on the exchange %j', (exchange) => {
  // Reflect.apply, since callers in JavaScript hand over anything and the type does not let this test.
  expect(Array.isArray(Reflect.apply(checkExchange, undefined, [exchange]))).toBe(true)
})

// The bound is the runner's timeout: this took minutes when each error searched all others.
test('finds very many faults of different kinds', () => {
  const containerOverrides = Array.from({ length: 15_000 }, () => ({
    cpu: '1',
    memory: 1.5,
    environmentFiles: [{ type: 1 }],
  }))
  const findings = checkRequest({ ...sample, overrides: { containerOverrides } })
  expect(findings.length).toBeGreaterThan(60_000)
})

test.each([Symbol('s'), 1n, [0n], { toString: refuse, valueOf: refuse }, null, undefined])(
  'does not throw on the status %o',
  (status) => {
    const findings = Reflect.apply(checkError, undefined, [
      status,
      {},
      { __type: 'ClientException' },
    ])
    expect(findings).toMatchObject([{ rule: 'error.status' }])
    expect(() => JSON.stringify(findings)).not.toThrow()
    const exchange = {
      operation: 'StartTask',
      request: { body: sample },
      response: { status, headers: {}, body: {} },
    }
    expect(Reflect.apply(checkExchange, undefined, [exchange])).toContainEqual(
      expect.objectContaining({ pointer: '/response/status' }),
    )
  },
)
