export { AWS_JSON } from './target.ts'
