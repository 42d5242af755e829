import { type JsonObject } from '../protocol/index.ts';
import { type Model } from './model.ts';
/**
 * Reads StartTask from a Smithy JSON AST, 1.0 or 2.0. A trait on a member goes before the same one on its target. `smithy.api#jsonName`
 * counts for nothing: the AWS JSON protocols do not use it. Lazy, as {@link readServiceModel} is.
 *
 * Throws `usage` when it is no such model, or when it uses mixins (`smithy build` takes them out).
 */
export declare function readSmithyModel(json: JsonObject, name: string): Model;
