/** Values as Python prints them: what debug logs of botocore hold. Read by our own eyes; nothing of it is ever run. */

/** A value that was read, and where the text goes on. */
interface Read<Value> {
  value: Value
  end: number
}

/** A string or bytes literal at a place: `'…'`, `"…"`, with `b`, `u` or `r` before it. Bytes come as bytes; `undefined` for anything else. */
export function readPythonText(text: string, at: number): Read<Buffer> | undefined {
  const [prefix = ''] = /^[bBuUrR]{0,2}/.exec(text.slice(at, at + 2)) ?? []
  const quote = text.charAt(at + prefix.length)
  if (quote !== "'" && quote !== '"') return undefined
  const isBytes = /b/i.test(prefix)
  const isRaw = /r/i.test(prefix)
  const pieces: Buffer[] = []
  let plain = at + prefix.length + 1
  const keep = (end: number) => pieces.push(Buffer.from(text.slice(plain, end), 'utf8'))
  for (let index = plain; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === quote) {
      keep(index)
      return { value: Buffer.concat(pieces), end: index + 1 }
    }
    if (character !== '\\' || isRaw) continue
    keep(index)
    const escaped = readEscape(text, index + 1, isBytes)
    pieces.push(escaped.value)
    index = escaped.end - 1
    plain = escaped.end
  }
  return undefined
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
])

function readEscape(text: string, at: number, isBytes: boolean): Read<Buffer> {
  const hexadecimal = /^x([0-9a-fA-F]{2})/.exec(text.slice(at, at + 3))?.[1]
  if (hexadecimal !== undefined) {
    const code = Number.parseInt(hexadecimal, 16)
    return {
      value: isBytes ? Buffer.of(code) : Buffer.from(String.fromCodePoint(code)),
      end: at + 3,
    }
  }
  const unicode = isBytes ? undefined : /^u([0-9a-fA-F]{4})/.exec(text.slice(at, at + 5))?.[1]
  if (unicode !== undefined)
    return { value: Buffer.from(String.fromCharCode(Number.parseInt(unicode, 16))), end: at + 5 }
  const character = text.charAt(at)
  return { value: Buffer.from(SHORT.get(character) ?? character), end: at + 1 }
}

/** A dictionary of texts, `{'a': b'b', …}`, or `CaseInsensitiveDict({…})` around one; values that are none are left out. */
export function readPythonHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {}
  let at = text.indexOf('{')
  if (at === -1) return headers
  at += 1
  while (at < text.length) {
    at = skip(text, at, /[\s,]/)
    const name = readPythonText(text, at)
    if (!name) return headers
    at = skip(text, name.end, /[\s:]/)
    const value = readPythonText(text, at)
    if (value) headers[name.value.toString('utf8').toLowerCase()] = value.value.toString('utf8')
    at = value ? value.end : skip(text, at, /[^,}]/)
  }
  return headers
}

function skip(text: string, from: number, over: RegExp): number {
  let at = from
  while (at < text.length && over.test(text.charAt(at))) at++
  return at
}

/** The text value of a member somewhere in a printed dictionary: `'body': b'{…}'`. */
export function findPythonMember(text: string, name: string): Buffer | undefined {
  const start = new RegExp(`[{,]\\s*u?['"]${name}['"]:\\s*`).exec(text)
  return start ? readPythonText(text, start.index + start[0].length)?.value : undefined
}
