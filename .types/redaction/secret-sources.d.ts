import { type PlaceRules } from './place-rules.ts';
/** The secrets that came with the request itself, so that a response that repeats one is caught whatever its form. */
export declare function readCredentials(headers: Record<string, string>): string[];
/** Whether a header of this name holds what must not be kept, by its name. */
export declare function namesCredential(name: string): boolean;
/** An environment entry of a container, or what else has a name that tells whether its value is a secret. */
export interface Variable {
    name: string;
    value: string;
}
/** The environment entries below a value, and what stands where only a secret does; but for what a team keeps. */
export declare function readEnvironment(value: unknown, rules: PlaceRules): Variable[];
/** Whether an item of a command follows one that says that it is a secret: `--password`, `x`. */
export declare function isFlagValue(before: unknown, item: unknown): boolean;
export declare function readTextEnvironment(text: string | undefined): Variable[];
/** The environment values that tell a secret wherever they stand: neither short, nor public, nor an ordinary word under a harmless name. */
export declare function chooseTelling(environment: readonly Variable[], request: unknown): string[];
export declare function isRemovable(value: string, publicNames: readonly string[]): boolean;
/** What the request asks by, which answers must repeat. */
export declare function readPublicNames(request: unknown): string[];
