/** AWS credentials. */
export interface AwsCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
    /** When they end; whoever gave them is asked again before. */
    expiration?: Date;
}
/** Credentials for one child, which no service knows: with them it proves that it is the one that this proxy signs for. */
export declare function makeCallerCredentials(): Required<Omit<AwsCredentials, 'expiration'>>;
