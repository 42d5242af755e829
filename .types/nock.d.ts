/** `starttask-harness/nock`: records with nock, and reads and writes its definitions. */
import './package/node-version.ts';
export { formatNockDefinitions, type FormatNockDefinitionsOptions, type NockDefinition, readNockDefinitions, type ReadNockDefinitionsOptions, startNockRecording, type StartNockRecordingOptions, } from './nock/index.ts';
