import { AWS_JSON } from '../protocol/index.ts'

// Date.now() in a comment reads no clock, and new Date(text) only converts
export const format = (text: string) => [AWS_JSON, new Date(text)]
export const stamp = () => [Date.now(), Math.random()]
