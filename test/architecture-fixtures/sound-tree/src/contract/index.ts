import { message } from '../message/index.ts'
import { AWS_JSON } from '../protocol/index.ts'

/** An `import('../cli/index.ts')` in a comment is none. */
export const check = () => [message, AWS_JSON, "import '../cli/index.ts'"]
