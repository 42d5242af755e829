import { findNearest } from '../matching/index.ts'

export const AWS_JSON = findNearest()
