import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

import {
  compareModels,
  type Drift,
  type Model,
  readContractModel,
  readModel,
} from '../../src/contract/index.ts'
import type { JsonObject } from '../../src/protocol/index.ts'

/** The parts of a service-2.json that the tests change. */
export interface ServiceFile extends JsonObject {
  operations: { StartTask: { errors: { shape: string }[] } } & Record<string, unknown>
  shapes: Record<string, ServiceShape>
}

export interface ServiceShape {
  type: string
  members?: Record<string, { shape: string }>
  member?: { shape: string }
  required?: string[]
  enum?: string[]
  min?: number
  max?: number
  pattern?: string
  sensitive?: boolean
  union?: boolean
}

function readContractFile(name: string): JsonObject {
  return JSON.parse(
    readFileSync(new URL(`../../contracts/start-task/${name}.json`, import.meta.url), 'utf8'),
  ) as JsonObject
}

/** The contract of this checkout. */
export const CONTRACT: Model = readContractModel({
  request: readContractFile('request.schema'),
  requestOverlay: readContractFile('request.overlay.schema'),
  response: readContractFile('response.schema'),
  responseOverlay: readContractFile('response.overlay.schema'),
  errors: readContractFile('errors'),
})

/** Where the installed botocore keeps its model of ECS. */
export function findBotocoreModel(): string {
  const script =
    'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data/ecs/2014-11-13/service-2.json.gz"))'
  return execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim()
}

let botocore: ServiceFile | undefined

/** A copy of botocore's model of ECS, for a test to change. */
export function readBotocoreModel(): ServiceFile {
  botocore ??= JSON.parse(gunzipSync(readFileSync(findBotocoreModel())).toString()) as ServiceFile
  return structuredClone(botocore)
}

export function compareFile(json: unknown): Drift {
  return compareModels(CONTRACT, readModel(json, 'the model'))
}

/** Findings on one line each: severity, kind, side, place, and whether they are known. */
export function listDrift({ drift }: Pick<Drift, 'drift'>): string[] {
  return drift.map(({ severity, kind, side, pointer, constraint, contract, other, known }) => {
    const what = kind.startsWith('enum')
      ? ` ${String(contract ?? other)}`
      : constraint === undefined
        ? ''
        : ` ${constraint}`
    return `${severity} ${kind} ${side} ${pointer}${what}${known ? ' (known)' : ''}`
  })
}

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'integer',
  long: 'long',
  boolean: 'boolean',
  timestamp: 'timestamp',
}

/** StartTask's part of a service-2.json as a Smithy JSON AST 2.0, or as 1.0, where an enum is a trait. */
export function convertToSmithy(
  { operations, shapes }: ServiceFile,
  version: '1.0' | '2.0',
): JsonObject {
  const id = (name: string) => ({ target: `com.amazonaws.ecs#${name}` })
  const converted = Object.entries(shapes).map(([name, shape]) => [
    id(name).target,
    convertShape(shape, version),
  ])
  const operation = {
    type: 'operation',
    input: id('StartTaskRequest'),
    output: id('StartTaskResponse'),
    errors: operations.StartTask.errors.map(({ shape }) => id(shape)),
  }
  return {
    smithy: version,
    shapes: { ...Object.fromEntries(converted), [id('StartTask').target]: operation } as JsonObject,
  }
}

function convertShape(shape: ServiceShape, version: '1.0' | '2.0'): JsonObject {
  const reference = (name: string, traits: JsonObject) => ({
    target: `com.amazonaws.ecs#${name}`,
    traits,
  })
  const length = {
    ...(shape.min === undefined ? {} : { min: shape.min }),
    ...(shape.max === undefined ? {} : { max: shape.max }),
  }
  const traits: JsonObject = {
    ...(Object.keys(length).length > 0
      ? { [SIMPLE[shape.type] === 'integer' ? 'smithy.api#range' : 'smithy.api#length']: length }
      : {}),
    ...(shape.pattern === undefined ? {} : { 'smithy.api#pattern': shape.pattern }),
    ...(shape.sensitive === true ? { 'smithy.api#sensitive': {} } : {}),
  }
  if (shape.enum && version === '2.0') {
    const members = shape.enum.map((value, index) => [
      `V${index}`,
      { target: 'smithy.api#Unit', traits: { 'smithy.api#enumValue': value } },
    ])
    return { type: 'enum', traits, members: Object.fromEntries(members) as JsonObject }
  }
  if (shape.enum)
    return {
      type: 'string',
      traits: { ...traits, 'smithy.api#enum': shape.enum.map((value) => ({ value, name: value })) },
    }
  if (shape.type === 'list')
    return { type: 'list', traits, member: reference(shape.member?.shape ?? '', {}) }
  if (shape.type !== 'structure') return { type: SIMPLE[shape.type] ?? shape.type, traits }
  const members = Object.entries(shape.members ?? {}).map(([name, { shape: target }]) => [
    name,
    reference(target, shape.required?.includes(name) === true ? { 'smithy.api#required': {} } : {}),
  ])
  return {
    type: shape.union === true ? 'union' : 'structure',
    traits,
    members: Object.fromEntries(members) as JsonObject,
  }
}
