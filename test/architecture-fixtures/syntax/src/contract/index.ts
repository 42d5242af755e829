import { join } from 'node:path'
export const check = (
