import { check } from '../index.ts'

export const run = check
