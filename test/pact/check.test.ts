import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkPact, checkSeen, parsePact } from '../../src/pact/index.ts'
import { loadRecordings } from '../../src/recording/index.ts'
import { findAfter, makePact, type PactJson } from './sample-pact.ts'

const request = (pact: PactJson) => pact.interactions[0].request
const response = (pact: PactJson) => pact.interactions[0].response
const body = (pact: PactJson) => request(pact).body.content
const responseBody = (pact: PactJson) => response(pact).body.content
const rules = (pact: PactJson) => request(pact).matchingRules.body
const responseRules = (pact: PactJson) => response(pact).matchingRules.body
const rejected = (pact: PactJson) => pact.interactions[2].response
const regex = (text: string) => ({ combine: 'AND', matchers: [{ match: 'regex', regex: text }] })
const one = (matcher: object) => ({ combine: 'AND', matchers: [matcher] })

test('finds nothing in a pact that this package wrote', async () => {
  expect(await findAfter(() => {})).toEqual([])
})

test('finds nothing in the committed pacts', () => {
  const file = fileURLToPath(
    new URL('../../contracts/pacts/batch-runner-AmazonECS.json', import.meta.url),
  )
  const { checked, findings } = checkPact(parsePact(readFileSync(file), file))
  expect([checked, findings.filter(({ severity }) => severity !== 'info')]).toEqual([8, []])
})

const REQUEST_BODY = '/interactions/0/request/body/content'
const REQUEST_RULES = '/interactions/0/request/matchingRules/body'
const RESPONSE_BODY = '/interactions/0/response/body/content'
const RESPONSE_RULES = '/interactions/0/response/matchingRules/body'

test.each<[string, (pact: PactJson) => void, string, string]>([
  [
    'a misspelt member',
    (pact) => (body(pact).startedby = 'job'),
    `${REQUEST_BODY}/startedby`,
    'request.unknownMember',
  ],
  [
    'a startedBy of 37 characters',
    (pact) => (body(pact).startedBy = 'x'.repeat(37)),
    `${REQUEST_BODY}/startedBy`,
    'request.startedBy.maxLength',
  ],
  [
    'a cpu that is text',
    (pact) => (body(pact).overrides.containerOverrides[0].cpu = '256'),
    `${REQUEST_BODY}/overrides/containerOverrides/0/cpu`,
    'request.overrides.containerOverrides[].cpu.type',
  ],
  [
    'a missing taskDefinition',
    (pact) => delete body(pact).taskDefinition,
    `${REQUEST_BODY}/taskDefinition`,
    'request.taskDefinition.required',
  ],
  [
    'eleven container instances',
    (pact) =>
      (body(pact).containerInstances = Array.from({ length: 11 }, (_, index) => `i-${index}`)),
    `${REQUEST_BODY}/containerInstances`,
    'request.containerInstances.maxItems',
  ],
  [
    'an unknown enum value',
    (pact) => (body(pact).propagateTags = 'ALL'),
    `${REQUEST_BODY}/propagateTags`,
    'request.propagateTags.enum',
  ],
  [
    'a reserved tag key',
    (pact) => (body(pact).tags[0].key = 'aws:team'),
    `${REQUEST_BODY}/tags/0/key`,
    'request.tags[].key.reservedPrefix',
  ],
  [
    'an undocumented error',
    (pact) => (rejected(pact).body.content['__type'] = 'ClusterMissing'),
    '/interactions/2/response/body/content/__type',
    'error.undocumented',
  ],
  [
    'an error with another status',
    (pact) => (rejected(pact).status = 500),
    '/interactions/2/response/status',
    'error.status',
  ],
  [
    'an error without a name',
    (pact) => delete rejected(pact).body.content['__type'],
    '/interactions/2/response/body/content/__type',
    'error.__type.required',
  ],
  [
    'an undocumented response member',
    (pact) => (responseBody(pact).tasks[0].exitcode = 1),
    `${RESPONSE_BODY}/tasks/0/exitcode`,
    'response.unknownMember',
  ],
  [
    'a createdAt that is text',
    (pact) => (responseBody(pact).tasks[0].createdAt = '2026-11-24'),
    `${RESPONSE_BODY}/tasks/0/createdAt`,
    'response.tasks[].createdAt.type',
  ],
  [
    'an undocumented launchType',
    (pact) => (responseBody(pact).tasks[0].launchType = 'LAMBDA'),
    `${RESPONSE_BODY}/tasks/0/launchType`,
    'response.tasks[].launchType.enum',
  ],
  [
    'a startedBy rule of 128 characters',
    (pact) => (rules(pact)['$.startedBy'] = regex('^[A-Za-z0-9/_-]{1,128}$')),
    `${REQUEST_RULES}/$.startedBy/matchers/0`,
    'request.startedBy.maxLength',
  ],
  [
    'a startedBy rule of letters of any language',
    (pact) => (rules(pact)['$.startedBy'] = regex(String.raw`^\w{1,36}$`)),
    `${REQUEST_RULES}/$.startedBy/matchers/0`,
    'request.startedBy.pattern',
  ],
  [
    'an enum rule with one value more',
    (pact) => (rules(pact)['$.propagateTags'] = regex('^(SERVICE|NONE|ALL)$')),
    `${REQUEST_RULES}/$.propagateTags/matchers/0`,
    'request.propagateTags.enum',
  ],
  [
    'a list rule of up to twenty items',
    (pact) => (rules(pact)['$.containerInstances'].matchers[0].max = 20),
    `${REQUEST_RULES}/$.containerInstances/matchers/0`,
    'request.containerInstances.maxItems',
  ],
  [
    'a rule for text that asks for a number',
    (pact) => (rules(pact)['$.taskDefinition'] = one({ match: 'integer' })),
    `${REQUEST_RULES}/$.taskDefinition/matchers/0`,
    'request.taskDefinition.type',
  ],
  [
    'a rule for a time that asks for text',
    (pact) =>
      (responseRules(pact)['$.tasks[*].createdAt'] = one({ match: 'timestamp', format: 'yyyy' })),
    `${RESPONSE_RULES}/$.tasks[*].createdAt/matchers/0`,
    'response.tasks[].createdAt.type',
  ],
  [
    'a rule for a time that refuses whole seconds',
    (pact) => (responseRules(pact)['$.tasks[*].createdAt'] = one({ match: 'decimal' })),
    `${RESPONSE_RULES}/$.tasks[*].createdAt/matchers/0`,
    'pact.tighter',
  ],
  [
    'a response rule that no documented value passes',
    (pact) => (responseRules(pact)['$.tasks[*].launchType'] = regex('^LAMBDA$')),
    `${RESPONSE_RULES}/$.tasks[*].launchType/matchers/0`,
    'response.tasks[].launchType.enum',
  ],
  [
    'another method',
    (pact) => (request(pact).method = 'PUT'),
    '/interactions/0/request/method',
    'pact.method',
  ],
  [
    'another path',
    (pact) => (request(pact).path = '/v1/tasks'),
    '/interactions/0/request/path',
    'pact.path',
  ],
  [
    'no target',
    (pact) => delete request(pact).headers['X-Amz-Target'],
    '/interactions/0/request/headers',
    'pact.target',
  ],
  [
    'a status matcher that lets rejections through',
    (pact) =>
      (response(pact).matchingRules.status = one({ match: 'statusCode', status: [200, 400] })),
    '/interactions/0/response/matchingRules/status/matchers/0',
    'pact.status',
  ],
  [
    'a rule for a place that nobody has',
    (pact) => (rules(pact)['$.starter'] = one({ match: 'type' })),
    `${REQUEST_RULES}/$.starter`,
    'pact.unknownPlace',
  ],
])('finds %s at its place', async (_fault, change, pointer, rule) => {
  const findings = await findAfter(change)
  expect(findings.map((finding) => [finding.pointer, finding.rule])).toContainEqual([pointer, rule])
})

test('says which value a matcher lets through that the contract refuses', async () => {
  const [finding] = await findAfter(
    (pact) => (rules(pact)['$.startedBy'] = regex('^[A-Za-z0-9/_-]{1,128}$')),
  )
  expect(finding).toMatchObject({
    severity: 'error',
    actual: 'a'.repeat(37),
    interaction: 1,
    description: '1 started',
  })
})

test.each([
  ['alternatives with anchors of their own', '(^SERVICE$|^NONE$)'],
  ['a case-insensitive look-ahead that is no wider', '^(?!X)(SERVICE|NONE)$'],
  ['no anchors, since Pact matches the whole', 'SERVICE|NONE'],
  ["Rust's own anchors", String.raw`\ASERVICE\z`],
])('takes an enum rule of %s for what it is', async (_kind, text) => {
  expect(await findAfter((pact) => (rules(pact)['$.propagateTags'] = regex(text)))).toEqual([])
})

test.each([
  ['a back-reference', String.raw`^([a-z]+)\1$`],
  ['an automaton without an end', '^((((a{50}){50}){50}){50})$'],
  ['what is no regular expression', '^(unclosed'],
])('says as info that it could not decide %s', async (_kind, text) => {
  const pact = await makePact()
  rules(pact)['$.startedBy'] = regex(text)
  const { findings } = checkPact(parsePact(JSON.stringify(pact), 'sample.json'))
  expect(findings.filter(({ rule }) => rule === 'pact.undecided')).toEqual([
    expect.objectContaining({
      severity: 'info',
      pointer: `${REQUEST_RULES}/$.startedBy/matchers/0`,
    }),
  ])
})

test('warns of a type matcher above that lets more through than the contract takes', async () => {
  const findings = await findAfter(
    (pact) => (request(pact).matchingRules.body = { $: one({ match: 'type' }) }),
  )
  expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['warning']))
  expect(findings.map(({ rule }) => rule)).toContain('request.startedBy.maxLength')
})

test('takes one matcher of several that must all hold for the language of all', async () => {
  const both = {
    combine: 'AND',
    matchers: [{ match: 'type' }, { match: 'regex', regex: '^[a-z]{1,9}$' }],
  }
  expect(await findAfter((pact) => (rules(pact)['$.startedBy'] = both))).toEqual([])
  const findings = await findAfter(
    (pact) => (rules(pact)['$.startedBy'] = { ...both, combine: 'OR' }),
  )
  expect(findings.map(({ rule }) => rule)).toContain('request.startedBy.maxLength')
})

test('takes a matcher for equality for the value of the example', async () => {
  expect(
    await findAfter((pact) => (rules(pact)['$.startedBy'] = one({ match: 'equality' }))),
  ).toEqual([])
})

test('lets a type matcher stand for values of a response that are newer than the contract', async () => {
  expect(
    await findAfter(
      (pact) => (responseRules(pact)['$.tasks[*].launchType'] = one({ match: 'type' })),
    ),
  ).toEqual([])
})

test('tells a response rule that no documented value passes from one that is wider', async () => {
  const weigh = async (text: string) =>
    (await findAfter((pact) => (responseRules(pact)['$.tasks[*].launchType'] = regex(text)))).map(
      ({ severity }) => severity,
    )
  expect([await weigh('^LAMBDA$'), await weigh('^(EC2|LAMBDA)$'), await weigh('^EC2$')]).toEqual([
    ['error'],
    ['warning'],
    [],
  ])
})

test('does not hand on to items what a matcher says of its list alone', async () => {
  const findings = await findAfter((pact) => {
    request(pact).matchingRules.body = { '$.tags': one({ match: 'arrayContains', variants: [] }) }
  })
  expect(findings.map(({ rule }) => rule)).toEqual(['request.tags.maxItems'])
})

test('looks at the rules of variants', async () => {
  const variants = [{ index: 0, rules: { '$.value': regex('^.{0,300}$') } }]
  const findings = await findAfter(
    (pact) => (rules(pact)['$.tags'] = one({ match: 'arrayContains', variants })),
  )
  expect(findings.map(({ pointer }) => pointer)).toContain(
    `${REQUEST_RULES}/$.tags/matchers/0/variants/0/rules/$.value/matchers/0`,
  )
})

test.each<[string, (pact: PactJson) => void]>([
  ['an older specification', (pact) => (pact.metadata.pactSpecification.version = '3.0')],
  [
    'a body that says AWS JSON',
    (pact) => (request(pact).body.contentType = 'application/x-amz-json-1.1'),
  ],
  ['no rule for the header', (pact) => delete request(pact).matchingRules.header],
  [
    'a rule for the header that refuses it',
    (pact) => (request(pact).matchingRules.header['Content-Type'] = regex('^application/json$')),
  ],
])('warns of a form that Pact cannot match: %s', async (_form, change) => {
  expect((await findAfter(change)).map(({ rule, severity }) => [rule, severity])).toContainEqual([
    'pact.form',
    'warning',
  ])
})

test('reads the rules of specification 2', async () => {
  const pact = {
    consumer: { name: 'old' },
    provider: { name: 'AmazonECS' },
    metadata: { pactSpecification: { version: '2.0.0' } },
    interactions: [
      {
        description: 'old',
        providerState: 'ready',
        request: {
          method: 'post',
          path: '/',
          headers: {
            'Content-Type': 'application/x-amz-json-1.1',
            'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.StartTask',
          },
          body: { taskDefinition: 'a', containerInstances: ['i-1'], startedBy: 'x' },
          matchingRules: { '$.body.startedBy': { match: 'regex', regex: '^.{0,128}$' } },
        },
        response: {
          status: 200,
          headers: { 'Content-Type': 'application/x-amz-json-1.1' },
          body: { tasks: [] },
        },
      },
    ],
  }
  const { findings } = checkPact(parsePact(JSON.stringify(pact), 'old.json'))
  expect(findings.map(({ pointer, rule }) => [pointer, rule])).toContainEqual([
    '/interactions/0/request/matchingRules/$.body.startedBy/matchers/0',
    'request.startedBy.maxLength',
  ])
})

test('says nothing of other operations, and counts them', async () => {
  const pact = await makePact()
  request(pact).headers['X-Amz-Target'] = ['AmazonEC2ContainerServiceV20141113.RunTask']
  body(pact).count = 2
  const report = checkPact(parsePact(JSON.stringify(pact), 'sample.json'))
  expect([
    report.checked,
    report.others,
    report.findings.filter(({ interaction }) => interaction === 1),
  ]).toEqual([2, 1, []])
})

test.each([
  ['no JSON', '{', 'not-json'],
  ['another document', '{"name":"x"}', 'usage'],
  ['a pact without interactions', '{"consumer":{"name":"a"},"provider":{"name":"b"}}', 'usage'],
  ['nesting without an end', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, 'too-deep'],
])('refuses %s', (_kind, text, code) => {
  expect(() => parsePact(text, 'x.json')).toThrow(expect.objectContaining({ code }))
})

test('takes no harm from hostile names and rules', async () => {
  const findings = await findAfter((pact) => {
    Object.defineProperty(body(pact), '__proto__', { value: { polluted: true }, enumerable: true })
    rules(pact)['$.__proto__.polluted'] = one({ match: 'type' })
    rules(pact)[`$${'.a'.repeat(5000)}`] = one({ match: 'type' })
    rules(pact)['$.startedBy'] = regex(`${'('.repeat(3000)}a${')'.repeat(3000)}`)
    pact.interactions[0].description = '\u001b[31m'
  })
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  expect(findings.map(({ rule }) => rule)).toContain('pact.matcherPath')
})

test('compares interactions with what was really seen', async () => {
  const recordings = await loadRecordings(
    fileURLToPath(new URL('../../recordings/started/page-sample.json', import.meta.url)),
  )
  const seen = recordings.map((recording) => ({ path: 'page-sample.json', recording }))
  const [exchange] = recordings[0]?.exchanges ?? []
  const pact = await makePact()
  pact.interactions.length = 1
  body(pact).tags = undefined
  request(pact).body.content = exchange?.request.body
  request(pact).matchingRules.body = {}
  const check = () => checkSeen(parsePact(JSON.stringify(pact), 'sample.json'), seen)
  responseBody(pact).tasks = [
    { taskArn: 'arn:aws:ecs:eu-west-1:012345678910:task/x/y', version: 7 },
  ]
  responseRules(pact)['$.tasks[*].version'] = one({ match: 'integer' })
  expect(check()).toEqual([])
  responseBody(pact).tasks[0].stoppedReason = 'gone'
  expect(check()).toEqual([
    expect.objectContaining({
      rule: 'pact.seen',
      severity: 'warning',
      message: expect.stringContaining('/tasks/0/stoppedReason is absent'),
    }),
  ])
  const { taskDefinition: _, ...fewer } = request(pact).body.content
  request(pact).body.content = fewer // what was sent besides makes it another request
  expect(check()).toEqual([expect.objectContaining({ rule: 'pact.unseen', severity: 'info' })])
})
