import { type Exchange } from '../protocol/index.ts';
import type { Finding } from './finding.ts';
/**
 * What departs from the documented contract in one exchange: request first, then answer. An exchange of another operation has no
 * findings, nor has a transport failure. The request of an exchange that the service rejected with HTTP 400 was meant to be wrong, or is
 * known to be: its findings are info. Never throws.
 */
export declare function checkExchange(exchange: Exchange): Finding[];
