import { type Refusal } from './reply.ts';
/** The page of `items` that `maxResults` and `nextToken` ask for; the token of the next one when there is one. */
export declare function cutPage<T>(items: readonly T[], asked: {
    maxResults?: number;
    nextToken?: string;
}): {
    items: readonly T[];
    nextToken?: string;
} | Refusal;
