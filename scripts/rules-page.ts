/** docs/rules.md, from the catalogue. */

/** One rule as the catalogue lists it. */
export interface CatalogueRule {
  id: string
  side: string
  severity: string
  source: string
  says: string
  pointer?: string
  accepted?: unknown
  refused?: unknown
}

const PREFACE = `# Rules

Every rule that a finding can name, with how sure it is and where it stands. This page is made from
\`contracts/start-task/rules.json\`, which holds a whole accepted and a whole refused body for each; do not edit it by hand.

| severity | says |
| --- | --- |
| error | the API page for StartTask says so, or the AWS model of ECS does (the source has its date) |
| warning | prose of another page of the documentation says so, or a later model has a member that the page does not |
| info | advice, a default that the page describes, or something that is only noted |

A team overrides a severity, or turns a rule off, in \`starttask.config.json\`:

\`\`\`json
{ "severity": { "request.taskDefinition.latestRevision": "error", "request.cluster.default": "off" } }
\`\`\`

In a recorded response an unknown member and a value outside an enum of the model are info, since the service learns; in an expected one
(\`checkResponse(body, 'expected')\`) both are errors, and nothing is required. A request that the service rejected with HTTP 400 was meant
to be wrong, or is known to be: its findings are info.
`

const SECTIONS: readonly (readonly [title: string, matches: (rule: CatalogueRule) => boolean])[] = [
  [
    'Requests: what the API page limits',
    (rule) =>
      rule.side === 'request' &&
      rule.severity === 'error' &&
      rule.source.startsWith('API page') &&
      !isKind(rule),
  ],
  [
    'Requests: what the AWS model adds',
    (rule) =>
      rule.side === 'request' && rule.severity === 'error' && rule.source.startsWith('AWS model'),
  ],
  ['Requests: warnings', (rule) => rule.side === 'request' && rule.severity === 'warning'],
  [
    'Requests: notes',
    (rule) => rule.side === 'request' && rule.severity === 'info' && !rule.id.endsWith('.null'),
  ],
  [
    'Responses',
    (rule) =>
      rule.side === 'response' &&
      !isKind(rule) &&
      !rule.id.endsWith('.null') &&
      !rule.source.startsWith('limits'),
  ],
  ['Errors', (rule) => rule.side === 'error' && !rule.source.startsWith('limits')],
  ['Limits of this package', (rule) => rule.source.startsWith('limits')],
  ['Requests: the type of each member', (rule) => rule.side === 'request' && isKind(rule)],
  ['Responses: the type of each member', (rule) => rule.side === 'response' && isKind(rule)],
  ['Null members, which count as absent', (rule) => rule.id.endsWith('.null')],
]

function isKind({ id }: CatalogueRule): boolean {
  return id.endsWith('.type')
}

/** The page as Markdown. Throws when a rule would stand in no section or in two. */
export function formatRulesPage(rules: readonly CatalogueRule[]): string {
  const homeless = rules.filter(
    (rule) => SECTIONS.filter(([, matches]) => matches(rule)).length !== 1,
  )
  if (homeless.length > 0)
    throw new Error(
      `in no section of docs/rules.md, or in two: ${homeless.map(({ id }) => id).join(', ')}`,
    )
  return [
    PREFACE,
    ...SECTIONS.map(([title, matches]) => formatSection(title, rules.filter(matches))),
  ].join('\n')
}

function formatSection(title: string, rules: readonly CatalogueRule[]): string {
  const rows = rules.map(({ id, severity, says, source, pointer, accepted, refused }) =>
    formatRow([
      `\`${id}\``,
      severity,
      says,
      source,
      showAt(accepted, pointer),
      showAt(refused, pointer),
    ]),
  )
  return [
    `## ${title}\n`,
    formatRow(['rule', 'severity', 'says', 'source', 'accepted', 'refused']),
    formatRow(Array.from({ length: 6 }, () => '---')),
    ...rows,
    '',
  ].join('\n')
}

function formatRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** What an example has at the rule's pointer, cut short. */
function showAt(example: unknown, pointer: string | undefined): string {
  if (pointer === undefined) return ''
  const segments = pointer.split('/').slice(1)
  const value = segments.reduce<unknown>(
    readStep,
    isResponse(example) && segments.length > 0 ? example.body : example,
  )
  if (value === undefined) return 'absent'
  if (Array.isArray(value) && value.length > 3) return `${value.length} items`
  if (typeof value === 'string' && value.length > 60) return `${value.length} characters`
  const text = JSON.stringify(value)
  return `\`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``
}

function isResponse(example: unknown): example is { body: unknown } {
  return typeof example === 'object' && example !== null && 'status' in example && 'body' in example
}

function readStep(value: unknown, segment: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, segment) : undefined
}
