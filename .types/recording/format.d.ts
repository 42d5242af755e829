import { type Recording } from '../protocol/index.ts';
/**
 * A recording's canonical text: the envelope's members in reading order, headers and bodies with sorted members, two spaces, a final
 * line feed. The same recording always gives the same text.
 */
export declare function formatRecording(recording: Recording): string;
