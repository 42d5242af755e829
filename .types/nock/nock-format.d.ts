import { type Recording } from '../protocol/index.ts';
/** What one of nock's definitions says, as nock's own recorder writes it and `nock.define` takes it. Plain data. */
export interface NockDefinition {
    /** The service's origin with its port: `https://ecs.eu-west-1.amazonaws.com:443`. */
    scope: string;
    method: string;
    path: string;
    body: unknown;
    status: number;
    /** Parsed JSON; other text as text; where that would lose something, the bytes in hexadecimal. */
    response: unknown;
    responseIsBinary: boolean;
    rawHeaders: Record<string, string>;
    reqheaders: Record<string, string>;
}
export interface FormatNockDefinitionsOptions {
    /** The origin that the definitions answer for; otherwise the one that the recording says it was read from. */
    scope?: string;
    /** A transport failure, which definitions cannot say, is refused unless this leaves it out. */
    failures?: 'refuse' | 'leave-out';
}
/**
 * Writes a recording as definitions for `nock.define`, which are JSON. Each matches a request by its target, its content type and its
 * whole body: a request that was recorded with pseudonyms is met only by one that holds them.
 *
 * Throws `usage` for a wrong option, a recording without a scope, or a transport failure.
 */
export declare function formatNockDefinitions(recording: Recording, options?: FormatNockDefinitionsOptions): NockDefinition[];
