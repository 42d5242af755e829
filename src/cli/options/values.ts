import { formatValueBriefly, HarnessError } from '../../message/index.ts'
import type { Parse } from './option.ts'

function refuse(option: string, text: string, needed: string): HarnessError {
  return new HarnessError('usage', `${option} is ${formatValueBriefly(text)}; ${needed} is needed.`)
}

/** Reads a port. Throws `usage`. */
export const parsePort: Parse<number> = (text, option) => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw refuse(option, text, 'a number from 0 to 65535')
}

/** Reads a whole number from 0. Throws `usage`. */
export const parseCount: Parse<number> = (text, option) => {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw refuse(option, text, 'a whole number from 0')
}

/** Reads a number of rows from 1. Throws `usage`. */
export const parseRows: Parse<number> = (text, option) => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw refuse(option, text, 'a number of rows from 1')
}

/** Reads seconds; the command checks their range. */
export const parseSeconds: Parse<number> = (text) => Number(text)

/** Reads a latency: `none`, `recorded`, or a factor. Throws `usage`. */
export const parseLatency: Parse<'none' | 'recorded' | { scale: number }> = (text, option) => {
  if (text === 'none' || text === 'recorded') return text
  const scale = Number(text)
  if (text.trim() !== '' && Number.isFinite(scale) && scale >= 0) return { scale }
  throw refuse(option, text, 'none, recorded or a factor such as 0.5')
}
