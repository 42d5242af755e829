import type { Nearest } from '../matching/index.ts'

export const readNearest = (nearest: Nearest) => nearest.index
