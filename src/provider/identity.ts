import { createHash } from 'node:crypto'

/** Makes an id from what it is for; the same purpose gives the same id. */
export type IdMaker = (...purpose: readonly (string | number)[]) => string

/**
 * Ids from a seed, in the form of a version 4 UUID. Task ids have that form too: today's service gives 32 hex digits, but the page's
 * sample, which is the authority here, shows a UUID.
 */
export function createIdMaker(seed: number): IdMaker {
  return (...purpose) => {
    const hex = createHash('sha256')
      .update(JSON.stringify([seed, ...purpose]))
      .digest('hex')
    const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? '8'
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}
