/** What means the same in DuckDB, and in Athena and Trino. Source: Trino's function reference, DuckDB's; where names agree and meanings do not, they are left out. */
import { HarnessError } from '../message/index.ts'
import { describePlace, type Token } from './tokens.ts'

/** Functions with one meaning. Those with a star are macros that DuckDB is given. */
const PORTABLE_FUNCTIONS: readonly string[] = [
  'count sum avg min max count_if arbitrary min_by max_by bool_and bool_or array_agg',
  'approx_percentile approx_distinct', // *, close in both and not equal
  'row_number rank dense_rank ntile lag lead first_value last_value',
  'coalesce nullif cast try_cast try',
  'lower upper trim ltrim rtrim length substr substring replace strpos split reverse',
  'regexp_extract regexp_like', // *
  'json_extract_scalar json_array_length', // *
  'from_iso8601_timestamp to_unixtime', // *
  'date_diff', // *: whole units that have passed
  'date_trunc extract year month day hour minute second',
  'abs round floor ceil power sqrt ln log10 mod',
  'unnest',
].flatMap((line) => line.split(' '))

/** Makes DuckDB understand Trino's names, in Trino's meaning: what is no JSON, or no scalar, is null; so is a text in which a pattern is not found. */
export const PORTABLE_MACROS: readonly string[] = [
  `CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN json_valid(j) AND json_type(j, p) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string(j, p) END`,
  `CREATE MACRO json_array_length(j) AS CASE WHEN json_valid(j) AND json_type(j) = 'ARRAY' THEN system.main.json_array_length(j) END`,
  `CREATE MACRO from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ)`,
  `CREATE MACRO date_diff(unit, a, b) AS date_sub(unit, a, b)`,
  `CREATE MACRO to_unixtime(t) AS epoch(t)`,
  `CREATE MACRO approx_percentile(x, p) AS approx_quantile(x, p)`,
  `CREATE MACRO approx_distinct(x) AS approx_count_distinct(x)`,
  `CREATE MACRO regexp_like(s, p) AS regexp_matches(s, p)`,
  `CREATE MACRO regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p) END`,
]

/** Words after which a bracket opens no function's arguments. */
const BEFORE_BRACKET = new Set(
  [
    'select distinct from where having by as in values and or not exists any all some on using when then else case over with recursive union except',
    'intersect join lateral filter between like limit offset fetch interval varchar char decimal rows range partition cross inner left right full',
    'array rollup cube sets is group order',
  ].flatMap((line) => line.split(' ')),
)

/** Words that only DuckDB understands, or understands otherwise, with what says the same in both. */
const REFUSED_WORDS: ReadonlyMap<string, string> = new Map([
  ['qualify', 'put the query into another, and use WHERE there'],
  ['ilike', 'compare lower(…) by LIKE'],
  ['pivot', 'use CASE in aggregates'],
  ['unpivot', 'use UNION ALL'],
  ['summarize', 'name the aggregates'],
  ['describe', 'the columns are in docs/incidents.md'],
  ['glob', 'use LIKE'],
  ['asof', 'use lag or lead'],
  ['positional', 'join by a column'],
  ['semi', 'use EXISTS'],
  ['anti', 'use NOT EXISTS'],
  ['exclude', 'name the columns'],
  ['sample', 'use LIMIT'],
  ['tablesample', 'use LIMIT'],
  ['similar', 'use regexp_like'],
])

const REFUSED_SIGNS: ReadonlyMap<string, string> = new Map([
  ['::', 'write cast(… as type)'],
  ['->', "write json_extract_scalar(…, '$.member')"],
  ['->>', "write json_extract_scalar(…, '$.member')"],
  ['==', 'write ='],
  ['//', 'write cast(… as bigint) / …'],
  ['**', 'write power(…, …)'],
  [':=', 'parameters are given in their order'],
  ['=>', 'parameters are given in their order'],
  ['$$', "write texts as '…'"],
  ['{', 'structures have no common form'],
  ['`', 'write names as "…"'],
  ['~', 'write regexp_like(…, …)'],
  ['^', 'write power(…, …)'],
  ['$', 'write :name for a parameter'],
])

/** Throws `usage`, with the place and what to write instead, for what does not mean the same in DuckDB and in Athena. */
export function requirePortable(sql: string, tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const reason = findReason(token, tokens[index - 1], tokens[index + 1], tokens[index - 2])
    if (reason === undefined) continue
    throw new HarnessError('usage', `The query is not portable: ${reason.fact}.`, {
      details: [['place', describePlace(sql, token.start)]],
      remedy: `${reason.remedy}; --dialect duckdb asks DuckDB alone`,
    })
  }
}

function findReason(
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  twoBefore: Token | undefined,
) {
  const { kind, text } = token
  if (kind === 'sign') {
    const remedy = REFUSED_SIGNS.get(text)
    return remedy === undefined
      ? undefined
      : { fact: `${text} has no meaning, or another one, in Athena`, remedy }
  }
  if (kind === 'text') {
    const isFile = before?.kind === 'word' && (before.text === 'from' || before.text === 'join')
    if (isFile)
      return { fact: 'a text stands where a table belongs', remedy: 'ask cloudtrail_logs' }
    const isMarked = before?.kind === 'word' && before.end === token.start
    return isMarked
      ? {
          fact: `texts that begin with ${before.text}' mean something else in Athena`,
          remedy: "write '…'",
        }
      : undefined
  }
  if (kind !== 'word') return undefined
  const isMember = before?.text === '.' || before?.text === 'as'
  const remedy = isMember || after?.text === '(' ? undefined : REFUSED_WORDS.get(text)
  if (remedy !== undefined) return { fact: `${text.toUpperCase()} is no word of Athena's`, remedy }
  const isGroupByAll = text === 'all' && before?.text === 'by' && after?.text !== '('
  if (isGroupByAll)
    return {
      fact: `${(twoBefore?.text ?? '').toUpperCase()} BY ALL is DuckDB's alone`,
      remedy: 'name what it is by',
    }
  const isFunction =
    after?.text === '(' &&
    !BEFORE_BRACKET.has(text) &&
    before?.text !== 'as' &&
    before?.text !== 'with'
  if (!isFunction || (PORTABLE_FUNCTIONS.includes(text) && before?.text !== '.')) return undefined
  return {
    fact: `${text} is no function that both engines have in one meaning`,
    remedy: 'the functions that are portable stand in docs/incidents.md',
  }
}
