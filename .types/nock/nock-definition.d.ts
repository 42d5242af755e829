import { HarnessError } from '../message/index.ts';
import { type CapturedResponse, type CapturedRequest } from '../protocol/index.ts';
/** One definition, checked. */
export interface ParsedDefinition {
    place: string;
    scope: string;
    method: string;
    path: string;
    headers: Record<string, string>;
    body: unknown;
    response: CapturedResponse;
}
/** Throws `recording-invalid`, with the pointer of what is wrong. */
export declare function parseDefinition(value: unknown, place: string): ParsedDefinition;
/** The operation that a definition is an exchange of; `undefined` for one that is not recorded. */
export declare function readDefinitionOperation({ place, method, path, headers, body }: ParsedDefinition, without: string | undefined, operations: readonly string[]): string | undefined;
/** A definition's request, with the target that its operation has. */
export declare function readDefinitionRequest({ headers, body }: ParsedDefinition, operation: string): CapturedRequest;
/** What is wrong with definitions, and where. */
export declare function refuseDefinition(pointer: string, problem: string, cause?: unknown): HarnessError;
