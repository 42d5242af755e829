/** What incidents leave behind, and what other tools keep, read into exchanges. Nothing is redacted yet: whoever writes has to. */
export { AWS_CLI_DEBUG } from './aws-cli-debug.ts'
export { CLOUDTRAIL } from './cloudtrail.ts'
export { HAR } from './har.ts'
export type { Imported, ImportFinding, ImportFormat } from './imported.ts'
