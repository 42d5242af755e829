import { type JsonObject } from '../protocol/index.ts';
import { type Model } from './model.ts';
/**
 * Reads StartTask from a `service-2.json`, the format in which botocore and the older SDKs carry a service. Nothing but StartTask is read,
 * and of its shapes only what is asked for, so that recursive shapes are no matter.
 *
 * Throws `usage` when it is no such model, at once or when the place that is wrong is asked for.
 */
export declare function readServiceModel(json: JsonObject, name: string): Model;
