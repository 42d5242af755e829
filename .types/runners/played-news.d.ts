import { type Tracked } from '../replayer/engine/index.ts';
/** Watches the replayers that are made from now on; the function gives those that are new, or have played since it was asked last. */
export declare function watchPlayed(): () => Tracked[];
