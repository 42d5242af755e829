import { AWS_JSON } from '../protocol/index.ts'

export const describe = () => AWS_JSON
