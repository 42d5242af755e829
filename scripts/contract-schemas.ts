/** What the build reads from contracts/start-task/: the page's schemas, the overlay laid over each, and both merged into one. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnySchemaObject } from 'ajv/dist/2020.js'

export const ROOT = join(import.meta.dirname, '..')

/** Reads a JSON document of the project. Throws when it is missing or no JSON. */
export function readJson(path: string): AnySchemaObject {
  if (!existsSync(join(ROOT, path))) throw new Error(`${path} does not exist; it is needed`)
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  } catch (error) {
    throw new Error(`${path} is not JSON`, { cause: error })
  }
}

/** Takes the references out of a schema: each place gets what it refers to, overridden by what stands beside the reference. */
export function resolveReferences(
  root: AnySchemaObject,
  node: AnySchemaObject = root,
): AnySchemaObject {
  const { $ref, $defs: _definitions, ...beside } = node
  if (typeof $ref === 'string')
    return resolveReferences(root, { ...readDefinition(root, $ref), ...beside })
  return mapSubschemas(beside, (child) => resolveReferences(root, child))
}

function readDefinition(root: AnySchemaObject, ref: string): AnySchemaObject {
  const definition = root['$defs']?.[ref.replace('#/$defs/', '')]
  if (!definition) throw new Error(`${root['$id']} has no ${ref}`)
  return definition
}

const INHERITED = ['x-source', 'x-severity'] as const

/** An overlay without references, each subschema with the source and severity that hold for it. */
export function resolveOverlay(overlay: AnySchemaObject): AnySchemaObject {
  return inheritAnnotations(resolveReferences(overlay), {})
}

function inheritAnnotations(node: AnySchemaObject, above: AnySchemaObject): AnySchemaObject {
  const own = INHERITED.map((name) => [name, node[name] ?? above[name]] as const).filter(
    ([, value]) => value !== undefined,
  )
  const annotations = Object.fromEntries(own)
  return {
    ...mapSubschemas(node, (child) => inheritAnnotations(child, annotations)),
    ...annotations,
  }
}

/** Calls `change` for every schema directly below one: members, items, and the branches of the applicators that contracts/ uses. */
function mapSubschemas(
  node: AnySchemaObject,
  change: (child: AnySchemaObject) => AnySchemaObject,
): AnySchemaObject {
  const changed: AnySchemaObject = { ...node }
  for (const name of ['items', 'if', 'then', 'else', 'not'])
    if (node[name]) changed[name] = change(node[name])
  for (const name of ['allOf', 'anyOf']) if (node[name]) changed[name] = node[name].map(change)
  if (node['properties']) {
    const members = Object.entries<AnySchemaObject>(node['properties']).map(([name, member]) => [
      name,
      change(member),
    ])
    changed['properties'] = Object.fromEntries(members)
  }
  return changed
}
