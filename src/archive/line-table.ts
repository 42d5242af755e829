import { readKeyHigh, readKeyLow, REST_AT } from './format.ts'

const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/** Where a line lies, and its key. */
interface LinePlace {
  offset: number
  length: number
  high: number
  low: number
}

const OPERATION = Buffer.from('"operation":"')
const INVOCATION = Buffer.from('","invocation":"')

/** Facts of lines in columns: a million objects would take half a gigabyte. */
export class Lines {
  count = 0
  readonly operations: string[] = []
  offsets = new Float64Array(1024)
  /** Six numbers a line: length, high, low, operation, invocation high and low. */
  facts = new Uint32Array(1024 * 6)
  #latest: Buffer = Buffer.alloc(0)
  #latestIndex = 0
  readonly #numbers = new Map<string, number>()
  #invocationHigh = 0
  #invocationLow = 0

  /** As numbers rather than objects: a million lines are added within a second. */
  #add(offset: number, length: number, high: number, low: number, operation: number): void {
    if (this.count === this.offsets.length) this.#grow()
    this.offsets[this.count] = offset
    const at = this.count * 6
    const { facts } = this
    facts[at] = length
    facts[at + 1] = high
    facts[at + 2] = low
    facts[at + 3] = operation
    facts[at + 4] = this.#invocationHigh
    facts[at + 5] = this.#invocationLow
    this.count++
  }

  #grow(): void {
    const [offsets, facts] = [new Float64Array(this.count * 2), new Uint32Array(this.count * 12)]
    offsets.set(this.offsets)
    facts.set(this.facts)
    this.offsets = offsets
    this.facts = facts
  }

  /** Adds a line of ours by what stands at its beginning, without parsing it; says whether it is one. */
  addKeyed(bytes: Buffer, start: number, end: number, offset: number): boolean {
    const [high, low] = [readKeyHigh(bytes, start), readKeyLow(bytes, start)]
    const at = start + REST_AT
    if (high < 0 || low < 0 || !startsWith(bytes, at, OPERATION)) return false
    const nameStart = at + OPERATION.length
    const nameEnd = findQuote(bytes, nameStart, end)
    if (nameEnd < 0) return false
    const operation = this.#readOperation(bytes, nameStart, nameEnd)
    this.#invocationHigh = this.#invocationLow = 0
    if (startsWith(bytes, nameEnd, INVOCATION)) {
      const invocationStart = nameEnd + INVOCATION.length
      const invocationEnd = findQuote(bytes, invocationStart, end)
      if (invocationEnd < 0) return false
      this.#mix(bytes, invocationStart, invocationEnd)
    }
    this.#add(offset, end - start, high, low, operation)
    return true
  }

  /** Adds a line that was parsed. */
  note(
    { offset, length, high, low }: LinePlace,
    operation: string,
    invocation: string | undefined,
  ): void {
    this.#invocationHigh = this.#invocationLow = 0
    const name = Buffer.from(invocation ?? '')
    if (invocation !== undefined) this.#mix(name, 0, name.length)
    this.#add(offset, length, high, low, this.#number(operation))
  }

  #readOperation(bytes: Buffer, start: number, end: number): number {
    if (end - start === this.#latest.length && startsWith(bytes, start, this.#latest))
      return this.#latestIndex
    this.#latest = Buffer.from(bytes.subarray(start, end))
    this.#latestIndex = this.#number(this.#latest.toString())
    return this.#latestIndex
  }

  #number(operation: string): number {
    const known = this.#numbers.get(operation) ?? this.operations.length
    if (known === this.operations.length) {
      this.operations.push(operation)
      this.#numbers.set(operation, known)
    }
    return known
  }

  /** 64 bits of a name, by two sums of the kind of FNV-1a; never both zero. */
  #mix(bytes: Buffer, start: number, end: number): void {
    let [high, low] = [0x811c9dc5, 0x01234567]
    for (let index = start; index < end; index++) {
      const byte = bytes[index] ?? 0
      high = Math.imul(high ^ byte, 0x01000193)
      low = Math.imul(low ^ (byte + index - start), 0x85ebca6b)
      low ^= low >>> 13
    }
    this.#invocationHigh = high >>> 0
    this.#invocationLow = ((low >>> 0) | 1) >>> 0
  }
}

function startsWith(bytes: Buffer, at: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index++)
    if (bytes[at + index] !== expected[index]) return false
  return true
}

/** The quote that ends a text without escapes; -1 where an escape comes first. */
function findQuote(bytes: Buffer, start: number, end: number): number {
  for (let index = start; index < end; index++) {
    if (bytes[index] === QUOTE) return index
    if (bytes[index] === BACKSLASH) return -1
  }
  return -1
}
