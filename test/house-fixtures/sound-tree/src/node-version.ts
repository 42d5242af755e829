import { message } from './errors.ts'

export const refusal = message
