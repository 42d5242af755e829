import { type JsonObject } from '../protocol/index.ts';
import { type Model } from './model.ts';
/**
 * Reads StartTask from what `@aws-sdk/client-ecs` exports: the schemas that it serialises by. They tell members, wire types, which members are
 * required, and what is sensitive; not enum values, lengths, ranges, patterns, whole numbers or an operation's errors. The arrays are read
 * as they are, since the caller's SDK brings its own `@smithy/core`.
 *
 * Throws `usage` when the SDK is older than such schemas, or when they are of a form that is not known here.
 */
export declare function readSdkModel(exported: JsonObject, name: string, version?: string): Model;
