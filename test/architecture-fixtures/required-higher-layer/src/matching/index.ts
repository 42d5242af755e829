import { createRequire } from '../message/index.ts'

const require = createRequire()
export const engine = require('../replayer/engine/index.ts')
