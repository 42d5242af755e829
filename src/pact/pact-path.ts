/** Path expressions of Pact: `$.tasks[0]['last status'][*].*`, and JSON Pointers made of them. */
import { formatPointer } from '../protocol/index.ts'

/** A member's name, an item's number, or any of them. */
export type PathStep = string | number | { any: true }

/** Writes a path: names with other characters than letters, digits, `_` and `-` in brackets. */
export function formatPath(steps: readonly PathStep[]): string {
  return `$${steps.map(formatStep).join('')}`
}

function formatStep(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`
  if (typeof step === 'object') return '[*]'
  return /^[A-Za-z_][\w-]*$/.test(step)
    ? `.${step}`
    : `['${step.replaceAll(/['\\]/g, String.raw`\$&`)}']`
}

const STEP =
  /\.([A-Za-z_][^.[\]'"*\s]*)|\.(\*)|\[(\d{1,9})\]|\[(\*)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y
const MOST_STEPS = 100

const parsed = new Map<string, readonly PathStep[] | undefined>()
const MOST_PARSED = 5000

/** Reads a path expression; `undefined` when it is none, or has more than a hundred steps. Paths are remembered: interactions share them. */
export function parsePath(path: string): readonly PathStep[] | undefined {
  if (parsed.has(path)) return parsed.get(path)
  if (parsed.size >= MOST_PARSED) parsed.clear()
  const steps = readSteps(path)
  parsed.set(path, steps)
  return steps
}

function readSteps(path: string): PathStep[] | undefined {
  if (!path.startsWith('$')) return undefined
  const steps: PathStep[] = []
  STEP.lastIndex = 1
  while (STEP.lastIndex < path.length) {
    const parts = STEP.exec(path)
    if (!parts || steps.length >= MOST_STEPS) return undefined
    const [, name, star, index, anyItem, single, double] = parts
    if (name !== undefined) steps.push(name)
    else if (star !== undefined || anyItem !== undefined) steps.push({ any: true })
    else if (index !== undefined) steps.push(Number(index))
    else steps.push((single ?? double ?? '').replaceAll(/\\(.)/g, '$1'))
  }
  return steps
}

/** The JSON Pointer of a path without wildcards; those become the first item. */
export function formatPathPointer(path: string): string {
  return formatPointer((parsePath(path) ?? []).map((step) => (typeof step === 'object' ? 0 : step)))
}
