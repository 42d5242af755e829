/** What a text looks like that is another with each run. */
export type VolatileKind = 'uuid' | 'time' | 'hex id' | 'number' | 'other'

/** A run of a text that may be another next time. */
interface Token {
  kind: VolatileKind
  text: string
}

/** The first part that looks volatile decides: a UUID is also hex, and a time is also a number. */
const TOKEN = new RegExp(
  [
    String.raw`(?<uuid>(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z]))`,
    String.raw`(?<time>(?<!\d)(?:(?:19|20)\d\d-\d\d-\d\d(?:[T _]\d\d[:.-]?\d\d(?:[:.-]?\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[T_-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?Z?)?|1[5-9]\d{8}(?:\d{3})?|\d\d:\d\d:\d\d)(?!\d))`,
    String.raw`(?<hex>(?<![0-9a-z])(?=[a-f]{0,127}\d)(?=\d{0,127}[a-f])[0-9a-f]{7,128}(?![0-9a-z]))`,
    String.raw`(?<number>\d+)`,
  ].join('|'),
  'gi',
)

/** What differs between two texts that are otherwise the same; `undefined` where more differs than what looks volatile. */
export function findDifferentKind(one: string, other: string): VolatileKind | undefined {
  if (replaceTokens(one, () => '<>') !== replaceTokens(other, () => '<>')) return undefined
  const [ones, others] = [readTokens(one), readTokens(other)]
  if (ones.length !== others.length) return undefined
  const kinds = ones.flatMap((token, index) => {
    const opposite = others[index]
    return opposite && opposite.text !== token.text ? [joinKinds(token, opposite)] : []
  })
  return kinds.includes(undefined) ? undefined : kinds[0]
}

/** A text in which whatever looks volatile is replaced by the name of its kind. */
export function replaceVolatile(text: string): string {
  return replaceTokens(text, ({ kind }) => `<${kind}>`)
}

function replaceTokens(text: string, name: (token: Token) => string): string {
  const parts: string[] = []
  let done = 0
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(done, match.index), name(readToken(match)))
    done = match.index + match[0].length
  }
  return parts.join('') + text.slice(done)
}

function readTokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(readToken)
}

function readToken({ 0: text, groups: { uuid, time, hex } = {} }: RegExpExecArray): Token {
  const kind =
    uuid !== undefined
      ? 'uuid'
      : time !== undefined
        ? 'time'
        : hex !== undefined
          ? 'hex id'
          : 'number'
  return { kind, text }
}

/** Of two hex ids one may happen to have no letter, and of two numbers one may happen to read as a time. */
function joinKinds(one: Token, other: Token): VolatileKind | undefined {
  if (one.kind === other.kind) return one.kind
  const both = one.text + other.text
  if (/^\d+$/.test(both)) return 'number'
  return /^[0-9a-f]+$/i.test(both) ? 'hex id' : undefined
}
