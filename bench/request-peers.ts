import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

import { loadPeer } from './peers.ts'

/** Whether a library finds nothing against a StartTask request. */
type Check = (value: unknown) => boolean

/** A library that can say what contracts/start-task/request.schema.json says. */
export interface RequestPeer {
  name: string
  /** What it does with a value besides saying whether it conforms. */
  note: string
  /** `undefined` when the library is not installed. */
  createCheck: () => Promise<Check | undefined>
}

/** JSON Schema, as far as the request's schema uses it. */
interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: 'object' | 'array' | 'string' | 'number' | 'boolean'
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: string[]
  maxItems?: number
  maxLength?: number
  pattern?: string
}

/** How a library that has no JSON Schema writes what the schema says. */
interface Dialect<Type> {
  object(members: Record<string, Type>): Type
  optional(member: Type): Type
  array(item: Type, maxItems?: number): Type
  string(maxLength?: number, pattern?: RegExp): Type
  choice(values: string[]): Type
  number(): Type
  boolean(): Type
}

/** Zod 4, as far as it is used here: its own types are there only when it is installed. */
interface Zod extends Record<'string' | 'number' | 'boolean', () => ZodType> {
  strictObject(members: Record<string, ZodType>): ZodType
  array(item: ZodType): ZodType
  enum(values: string[]): ZodType
}
interface ZodType {
  optional(): ZodType
  max(limit: number): ZodType
  regex(pattern: RegExp): ZodType
  safeParse(value: unknown): { success: boolean }
}

/** Valibot 1, likewise. */
interface Valibot extends Record<'string' | 'number' | 'boolean', () => object> {
  strictObject(members: Record<string, object>): object
  optional(member: object): object
  array(item: object): object
  picklist(values: string[]): object
  maxLength(limit: number): object
  regex(pattern: RegExp): object
  pipe(...steps: object[]): object
  safeParse(schema: object, value: unknown): { success: boolean }
}

const SCHEMA: Schema = JSON.parse(
  readFileSync(new URL('../contracts/start-task/request.schema.json', import.meta.url), 'utf8'),
)

/**
 * Libraries that check the schema and no more: unlike `checkRequest` they trust the value (getters, cycles, depth), take null for a value,
 * and leave out the page's rules that no schema says. None makes a finding with place, rule and source.
 */
export const REQUEST_PEERS: readonly RequestPeer[] = [
  { name: 'ajv', note: 'schema only', createCheck: createAjvCheck },
  { name: 'typebox', note: 'schema only', createCheck: createTypeboxCheck },
  { name: 'zod', note: 'schema only; copies the value', createCheck: createZodCheck },
  { name: 'valibot', note: 'schema only; copies the value', createCheck: createValibotCheck },
]

async function createAjvCheck(): Promise<Check> {
  const validate = new Ajv2020({
    keywords: ['x-source', 'x-says', 'x-accepted', 'x-refused'],
  }).compile(SCHEMA)
  return (value) => validate(value)
}

async function createTypeboxCheck(): Promise<Check | undefined> {
  const typebox: { Compile(schema: Schema): { Check(value: unknown): boolean } } | undefined =
    await loadPeer('typebox/compile')
  const compiled = typebox?.Compile(SCHEMA)
  return compiled && ((value) => compiled.Check(value))
}

async function createZodCheck(): Promise<Check | undefined> {
  const zod: Zod | undefined = await loadPeer('zod')
  if (!zod) return undefined
  const schema = translate<ZodType>(SCHEMA, {
    object: (members) => zod.strictObject(members),
    optional: (member) => member.optional(),
    array: (item, maxItems) =>
      maxItems === undefined ? zod.array(item) : zod.array(item).max(maxItems),
    string: (maxLength, pattern) => {
      const limited = maxLength === undefined ? zod.string() : zod.string().max(maxLength)
      return pattern ? limited.regex(pattern) : limited
    },
    choice: (values) => zod.enum(values),
    number: () => zod.number(),
    boolean: () => zod.boolean(),
  })
  return (value) => schema.safeParse(value).success
}

async function createValibotCheck(): Promise<Check | undefined> {
  const valibot: Valibot | undefined = await loadPeer('valibot')
  if (!valibot) return undefined
  const limit = (schema: object, steps: object[]) =>
    steps.length > 0 ? valibot.pipe(schema, ...steps) : schema
  const max = (most: number | undefined) => (most === undefined ? [] : [valibot.maxLength(most)])
  const schema = translate<object>(SCHEMA, {
    object: (members) => valibot.strictObject(members),
    optional: (member) => valibot.optional(member),
    array: (item, maxItems) => limit(valibot.array(item), max(maxItems)),
    string: (maxLength, pattern) =>
      limit(valibot.string(), [...max(maxLength), ...(pattern ? [valibot.regex(pattern)] : [])]),
    choice: (values) => valibot.picklist(values),
    number: () => valibot.number(),
    boolean: () => valibot.boolean(),
  })
  return (value) => valibot.safeParse(schema, value).success
}

function translate<Type>(schema: Schema, dialect: Dialect<Type>): Type {
  const name = schema.$ref?.replace('#/$defs/', '')
  const node = (name === undefined ? schema : SCHEMA.$defs?.[name]) ?? {}
  switch (node.type) {
    case 'object': {
      const members = Object.entries(node.properties ?? {}).map(([key, member]) => {
        const type = translate(member, dialect)
        return [key, node.required?.includes(key) ? type : dialect.optional(type)]
      })
      return dialect.object(Object.fromEntries(members))
    }
    case 'array':
      return dialect.array(translate(node.items ?? {}, dialect), node.maxItems)
    case 'string':
      if (node.enum) return dialect.choice(node.enum)
      return dialect.string(
        node.maxLength,
        node.pattern === undefined ? undefined : new RegExp(node.pattern, 'u'),
      )
    case 'number':
      return dialect.number()
    case 'boolean':
      return dialect.boolean()
    case undefined:
  }
  throw new Error(
    `The request schema has a place that peers are not told of: ${JSON.stringify(schema)}`,
  )
}
