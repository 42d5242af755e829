import { type WireRequest, type WireResponse } from '../../protocol/index.ts';
import type { Engine } from '../engine/index.ts';
export declare function isAdminRequest(url: string): boolean;
type Told = Pick<Engine, 'all' | 'used' | 'sessions' | 'unmatched' | 'reset'>;
/** Answers a request below `/.starttask/`, in JSON. */
export declare function answerAdmin(engine: Told, { method, url }: Pick<WireRequest, 'method' | 'url'>): WireResponse;
export {};
