import { isObject } from '../protocol/index.ts'
import { type Model, refuseModel } from './model.ts'
import { readServiceModel } from './model-service.ts'
import { readSmithyModel } from './model-smithy.ts'

/** Reads a model file's JSON: a `service-2.json`, or a Smithy JSON AST. Throws `usage` when it is neither. */
export function readModel(json: unknown, name: string): Model {
  if (!isObject(json)) throw refuseModel('the complete file', 'it is not a JSON object')
  return Object.hasOwn(json, 'smithy') ? readSmithyModel(json, name) : readServiceModel(json, name)
}
