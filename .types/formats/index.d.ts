/** What incidents leave behind, and what other tools keep, read into exchanges and written from them. Nothing that is read is redacted yet. */
import { AWS_CLI_DEBUG } from './aws-cli-debug.ts';
import { CLOUDTRAIL } from './cloudtrail.ts';
import { EVENTBRIDGE } from './eventbridge.ts';
import { HAR } from './har.ts';
import type { ImportFormat } from './imported.ts';
import { NOCK } from './nock.ts';
import { SDK_LOG } from './sdk-log.ts';
import { WIREMOCK } from './wiremock.ts';
export { AWS_CLI_DEBUG, CLOUDTRAIL, EVENTBRIDGE, HAR, NOCK, SDK_LOG, WIREMOCK };
export { formatHar } from './har-export.ts';
export type { ImportedExchange, ImportedTaskState, ImportFinding, ImportFormat, ImportSource, } from './imported.ts';
export { importFiles, type ImportProgress, importSources } from './import-files.ts';
export { formatWireMock } from './wiremock-export.ts';
/** What can be imported. */
export declare const IMPORT_FORMATS: readonly ImportFormat[];
