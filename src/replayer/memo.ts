import { KEPT_HEADERS, namesCredential } from '../recording/index.ts'

/**
 * Remembers what bytes were found to be, so that a request that comes again is neither parsed nor redacted. Bytes count together with the
 * headers that redaction reads, but for a signature, which no body that it signs can hold. Lives in memory alone, and is bounded.
 */
export interface Memo<Found> {
  find(headers: Record<string, string>, body: Uint8Array): Found | undefined
  /** Keeps what was found for the request that `find` was asked for last. */
  keep(found: Found): void
}

export function createMemo<Found>(): Memo<Found> {
  const { hash } = process.getBuiltinModule('node:crypto')
  let contexts = new Map<string, string>()
  let young = new Map<string, Found>()
  let old = new Map<string, Found>()
  let asked = ''
  return {
    find(headers, body) {
      const context = readContext(headers)
      let number = contexts.get(context)
      if (number === undefined) {
        if (contexts.size >= MOST_CONTEXTS) {
          contexts = new Map()
          young = new Map()
          old = new Map()
        }
        number = `${contexts.size} `
        contexts.set(context, number)
      }
      asked = number + hash('sha256', body, 'base64')
      return young.get(asked) ?? old.get(asked)
    },
    keep(found) {
      if (young.size >= MOST_BODIES) {
        old = young
        young = new Map()
      }
      young.set(asked, found)
    },
  }
}

const MOST_BODIES = 50_000
const MOST_CONTEXTS = 1000

function readContext(headers: Record<string, string>): string {
  let context = headers['x-amz-target'] ?? ''
  for (const name in headers) {
    if (!isCredential(name)) continue
    const value = headers[name] ?? ''
    const signature = name === 'authorization' ? value.indexOf('Signature=') : -1
    context += `\n${name}:${signature < 0 ? value : value.slice(0, signature)}`
  }
  return context
}

const known = new Map<string, boolean>()

function isCredential(name: string): boolean {
  const told = known.get(name)
  if (told !== undefined) return told
  const is = namesCredential(name) && !KEPT_HEADERS.has(name)
  if (known.size < 500) known.set(name, is)
  return is
}
