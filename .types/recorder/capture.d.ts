import type { OpenExchange } from './collector.ts';
type Begin = (headers: Record<string, string>) => OpenExchange;
/**
 * Captures the requests of this process that name one of the operations; gives the function that ends it. That one resolves when all
 * requests in flight have ended, or after two seconds.
 */
export declare function captureRequests(operations: readonly string[], begin: Begin): () => Promise<void>;
export {};
