import { parseBody } from '../protocol/index.ts'

/** JSON that stands as text in a member of something else; `undefined` for other text. */
export function parseEmbedded(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return parseBody(text)
  } catch {
    return undefined
  }
}
