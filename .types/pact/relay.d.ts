/** Stands between Pact's verifier and a service that wants signed requests. */
import { type Listener } from '../listener/index.ts';
/** Starts it. Throws `upstream-required` or `usage` for what is no URL of a service, `credentials-missing`. */
export declare function startRelay(upstream: string, { region }: {
    region?: string;
}): Promise<Listener>;
