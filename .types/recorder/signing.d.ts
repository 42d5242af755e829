import type { AwsCredentials } from './caller-credentials.ts';
import type { CapturedRequest } from '../protocol/index.ts';
/** How requests are signed for their upstream. */
export interface SigningOptions {
    /** The region; otherwise the upstream's name tells it, then the client's own signature, then `AWS_REGION` and `AWS_DEFAULT_REGION`. */
    region?: string;
    /** Credentials, or what gives them; otherwise the default chain of the AWS SDK: environment, profiles, SSO, web identity, metadata. */
    credentials?: AwsCredentials | (() => Promise<AwsCredentials>);
}
/** Signs requests for one upstream. */
export interface Signer {
    /** The request's headers, signed anew. Throws `credentials-missing`, and `usage` when nothing tells the region. */
    sign(request: CapturedRequest): Promise<Record<string, string>>;
}
/**
 * Creates a signer and asks at once for credentials, so that a missing one is told before the first request. Throws `credentials-missing`.
 */
export declare function createSigner(url: URL, told: string | undefined, { region, credentials }: SigningOptions): Promise<Signer>;
/** Why a request is not signed with these credentials, or `undefined` when it is. */
export declare function refuseCaller(request: CapturedRequest, caller: AwsCredentials): Promise<string | undefined>;
