import { type SourceVersion } from './git.ts';
/** What is published, and where to. */
export interface PublishOptions {
    /** Pact files. */
    pacts: readonly string[];
    /** The broker's URL. Its token, or user and password, come from `PACT_BROKER_TOKEN`, `PACT_BROKER_USERNAME` and `PACT_BROKER_PASSWORD`. */
    broker: string;
    /** The consumer's version; git's commit unless it is given. */
    version?: string;
    /** The consumer's branch; git's, or what CI calls it, unless it is given. */
    branch?: string;
    tags?: readonly string[];
    /** Milliseconds for all of it; 30,000 unless it is given. */
    timeoutMs?: number;
}
/** What was published. */
export interface PublishReport extends SourceVersion {
    pacts: {
        file: string;
        consumer: string;
        provider: string;
        interactions: number;
    }[];
    /** What the broker said. */
    output: string;
}
/**
 * Publishes pacts to a Pact Broker with Pact's own command.
 *
 * Throws `usage` for what is no URL, no pact or has no version, `not-found` where @pact-foundation/pact-cli is not installed, `upstream-unreachable`
 * for a broker that is away, slow or none, `broker-refused` for one that says no.
 */
export declare function publishPacts(options: PublishOptions): Promise<PublishReport>;
