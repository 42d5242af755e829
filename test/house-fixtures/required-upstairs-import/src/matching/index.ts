import { createRequire } from '../errors.ts'

const require = createRequire()
export const engine = require('../replayer/index.ts')
