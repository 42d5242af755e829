import { type JsonObject } from '../protocol/index.ts';
import { type ProviderState as EmbeddedState } from '../provider/index.ts';
/** Names of states that `starttask pact write` uses and that the embedded provider knows; `params` are described beside each. */
export declare const STATES: {
    /** `cluster`, `containerInstances`, `taskDefinition`, `containers` (names in the definition): they exist, and there is room. */
    readonly ready: 'container instances can take the task';
    /** The same, and `failures`: `{ containerInstance, reason }` for each instance that takes none. */
    readonly short: 'container instances cannot take the task';
    /** `cluster` */
    readonly noCluster: 'the cluster does not exist';
    /** `cluster`, `taskDefinition` */
    readonly noTaskDefinition: 'the task definition does not exist';
    /** `error`, `status`: whatever is asked. A fault of the embedded provider's own; of a real service nobody can ask for it. */
    readonly failing: 'the service answers with an error';
};
/** The embedded provider in a state. */
export interface EmbeddedSetting {
    state: EmbeddedState;
    /** What it answers instead, whatever is asked. */
    error?: {
        name: string;
        status: number;
    };
}
/** What the embedded provider is brought into. Throws `usage` for a state or a reason that it cannot have. */
export declare function makeSetting(states: readonly {
    name: string;
    params: JsonObject;
}[]): EmbeddedSetting;
