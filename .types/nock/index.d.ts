/** Records with nock, and reads and writes its definitions. */
export { createDefinitionReader, NOCK_LIMITS, readNockDefinitions, type ReadNockDefinitionsOptions, } from './nock-definitions.ts';
export { formatNockDefinitions, type FormatNockDefinitionsOptions, type NockDefinition, } from './nock-format.ts';
export { startNockRecording, type StartNockRecordingOptions } from './nock-recording.ts';
