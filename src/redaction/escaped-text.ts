/** Where a piece of a text stands; `end` is behind it. */
export interface Range {
  start: number
  end: number
}

/** A text with where each of its characters stood in the original; without places, it is the original. */
export interface View {
  text: string
  starts: readonly number[] | undefined
  ends: readonly number[] | undefined
}

export function locate(view: View, { start, end }: Range): Range {
  return { start: view.starts?.[start] ?? start, end: view.ends?.[end - 1] ?? end }
}

const ESCAPE =
  /\\u\{?([0-9a-f]{4})\}?|\\x([0-9a-f]{2})|\\([^ux])|((?:%[0-9a-f]{2})+)|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);|\0/gi
const NAMED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...([
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
  ] as const),
  ...([
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
    ['b', '\b'],
    ['f', '\f'],
  ] as const),
])

/** The text one layer of escapes further in; `undefined` when there is none. */
export function unescapeView(view: View): View | undefined {
  const starts: number[] = []
  const ends: number[] = []
  const parts: string[] = []
  let done = 0
  const copy = (until: number) => {
    for (let index = done; index < until; index++) {
      starts.push(view.starts?.[index] ?? index)
      ends.push(view.ends?.[index] ?? index + 1)
    }
    parts.push(view.text.slice(done, until))
  }
  for (const match of view.text.matchAll(ESCAPE)) {
    copy(match.index)
    done = match.index + match[0].length
    const characters = unescape(match)
    const source = locate(view, { start: match.index, end: done })
    for (let index = 0; index < characters.length; index++) {
      starts.push(source.start)
      ends.push(source.end)
    }
    parts.push(characters)
  }
  if (done === 0) return undefined
  copy(view.text.length)
  return { text: parts.join(''), starts, ends }
}

function unescape(match: RegExpExecArray): string {
  const [, unicode, byte, escaped, percent, hexEntity, decimalEntity, name] = match
  const hex = unicode ?? byte ?? hexEntity
  if (hex !== undefined) return readCodePoint(Number.parseInt(hex, 16))
  if (decimalEntity !== undefined) return readCodePoint(Number(decimalEntity))
  if (percent !== undefined) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString('utf8')
  const short = escaped ?? name?.toLowerCase()
  return short === undefined ? '' : (NAMED_CHARACTERS.get(short) ?? short)
}

function readCodePoint(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
}
