import { type JsonObject } from '../protocol/index.ts';
import { type BodyRules, type Rule } from './matchers.ts';
/** Something that the provider is in before an interaction; `params` name what of it counts. */
export interface ProviderState {
    name: string;
    params?: JsonObject;
}
/** One request that a consumer sends and the response that it relies on, before it is written in Pact's form. */
export interface Interaction {
    description: string;
    states: readonly ProviderState[];
    request: JsonObject;
    /** Without rules given, those that the contract has for the body. */
    requestRules?: BodyRules;
    status: number;
    response: JsonObject;
    responseRules?: BodyRules;
    /** Test files or recordings that make this interaction, seen from the pact's folder. */
    madeBy?: readonly string[];
}
/** The provider's name in every pact of ours. */
export declare const PROVIDER = "AmazonECS";
/** What tells interactions apart in a pact: what is asked for, in which states. */
export declare function nameInteraction({ description, states, }: Pick<Interaction, 'description' | 'states'>): string;
/** A part of an interaction, as Pact's specification 4 writes it. */
export interface PactPart {
    headers: Record<string, string[]>;
    body: {
        content: JsonObject;
        contentType: string;
        encoded: false;
    };
    matchingRules: {
        header: Record<string, Rule>;
        body: BodyRules;
    };
}
/** An interaction as it stands in the file. */
export interface PactInteraction {
    type: 'Synchronous/HTTP';
    key: string;
    description: string;
    pending: false;
    providerStates?: readonly {
        name: string;
        params?: JsonObject;
    }[];
    comments?: {
        starttask: {
            madeBy: readonly string[];
        };
    };
    request: PactPart & {
        method: 'POST';
        path: '/';
    };
    response: PactPart & {
        status: number;
    };
}
/** Writes an interaction in the form of Pact's specification 4. */
export declare function encodeInteraction(interaction: Interaction): PactInteraction;
/** The rules of a response: an error says its name in any of the forms that clients read, and its message in any words. */
export declare function deriveResponseRules(status: number, response: JsonObject): BodyRules;
/** A text as a regular expression that matches it alone. */
export declare function escapeRegex(text: string): string;
