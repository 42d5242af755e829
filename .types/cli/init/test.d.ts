import type { Runner } from './runner.ts';
/** What the test begins its request with: the AWS SDK 3, where the project has it, or `fetch`. */
export type Client = 'sdk' | 'fetch';
/** The shipped recording that the test replays: a response 200 without a task. */
export declare const SHIPPED_RECORDING = "unplaced/provider-agent-disconnected.json";
/** A test that passes as it stands, and shows what a client meets when StartTask responses 200 and nothing has started. */
export declare function formatTest(runner: Runner, client: Client, recording: string): string;
