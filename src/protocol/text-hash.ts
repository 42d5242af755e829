/** A digest of a text, in base64: equal for equal texts alone. */
export function hashText(text: string): string {
  return (hash ??= process.getBuiltinModule('node:crypto').hash)('sha256', text, 'base64')
}

/** Fetched when it is needed: it takes its time to load, and not every importer of this package replays. */
let hash: ((algorithm: string, text: string, encoding: 'base64') => string) | undefined
