import type { a } from './a.ts'

export const c = (it: typeof a) => it
