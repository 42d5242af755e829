import { readFileSync } from 'fs'

export const load = readFileSync
