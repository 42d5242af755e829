import type { Content } from './content.ts';
import { type BuiltIndex } from './layout.ts';
/** What is derived from an exchange, to find it without reading it again. */
export interface Derived {
    operation: string;
    invocation: string | undefined;
    /** In base64. */
    digest: string;
}
export interface Building {
    /** By what rules keys are made now. */
    keys: string;
    /** Throws for what is no exchange. */
    derive(exchange: unknown, redactedBy: unknown): Derived;
    onProgress?: ((done: number, total: number) => void) | undefined;
}
/**
 * Reads an archive whole, once, and makes its index. Where keys stand in its lines and were made by the rules of now, nothing is parsed; otherwise
 * each line is.
 */
export declare function buildIndex(content: Content, building: Building): BuiltIndex;
