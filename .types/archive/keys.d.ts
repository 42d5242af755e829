import { type ReadingSettings } from '../matching/index.ts';
import type { Exchange } from '../protocol/index.ts';
/** What stands in archives to find their exchanges by. */
export interface Keys {
    /** Tells these keys from those of other rules. */
    readonly rules: string;
    digest(exchange: Exchange): string;
}
/** Makes keys as a replayer with these settings looks for them; of exchanges that the same redaction has been through. */
export declare function createKeys(settings: Pick<ReadingSettings, 'match' | 'redaction'>): Keys;
