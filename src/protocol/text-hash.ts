import { hash } from 'node:crypto'

/** Returns a digest of a text, in base64: equal only for equal texts. */
export function hashText(text: string): string {
  return hash('sha256', text, 'base64')
}
