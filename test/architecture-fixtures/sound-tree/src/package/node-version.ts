import { message } from '../message/index.ts'

export const refusal = message
