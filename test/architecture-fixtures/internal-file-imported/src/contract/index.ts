import { AWS_JSON } from '../protocol/target.ts'

export const CONTENT_TYPE = AWS_JSON
