/**
 * Generates from contracts/start-task/ the TypeScript types of both bodies, and the places and rules that the arbitraries are made from.
 * Run it after every change in contracts/: `node scripts/generate-types.ts`. What it writes is git-ignored.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AnySchemaObject } from 'ajv/dist/2020.js'
import { type BodyPlace, type BodyRule, findPlace } from '../src/contract/body-place.ts'
import { readPlaces } from './contract-places.ts'
import { readJson, ROOT } from './contract-schemas.ts'

type Side = 'request' | 'response'

const NOTE = '// Made by scripts/generate-types.ts from contracts/: change those, not this.\n'

const WHOLE: Record<Side, [name: string, about: string]> = {
  request: ['StartTaskRequest', 'The body of a StartTask request.'],
  response: [
    'StartTaskResponse',
    'The body of an HTTP 200 response to StartTask. Nothing is required; times are seconds since 1970.',
  ],
}

try {
  const places = { request: readPlaces('request'), response: readPlaces('response') }
  for (const side of ['request', 'response'] as const) {
    writeWhenChanged(
      `src/contract/generated/${side}-body.ts`,
      NOTE + formatBody(side, places[side]),
    )
  }
  const constants = Object.entries(places).map(([side, place]) => {
    return `/** The places of a ${side}. */\nexport const ${side.toUpperCase()}_PLACES: BodyPlace = ${JSON.stringify(place)}\n`
  })
  writeWhenChanged(
    'src/contract/generated/places.ts',
    `${NOTE}import type { BodyPlace } from '../body-place.ts'\n${constants.join('')}`,
  )
} catch (error) {
  console.error(`generate-types: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

/** A file that tests of another run may be reading is left alone when it would say the same. */
function writeWhenChanged(path: string, text: string): void {
  const place = join(ROOT, path)
  mkdirSync(dirname(place), { recursive: true })
  if (!existsSync(place) || readFileSync(place, 'utf8') !== text) writeFileSync(place, text)
}

/** The interfaces of one side, by name, as they are found on the way through the page's schema. */
interface Sheet {
  side: Side
  page: AnySchemaObject
  interfaces: Map<string, string>
}

/** One interface for the whole body, and one for each definition of the page's schema. */
function formatBody(side: Side, place: BodyPlace): string {
  const page = readJson(`contracts/start-task/${side}.schema.json`)
  const sheet: Sheet = { side, page, interfaces: new Map() }
  const [name, about] = WHOLE[side]
  collectInterface(sheet, page, place, name, about)
  return [...sheet.interfaces.values()].join('\n')
}

function collectInterface(
  sheet: Sheet,
  node: AnySchemaObject,
  place: BodyPlace,
  name: string,
  about: string,
): void {
  const known = sheet.interfaces.get(name)
  if (known === undefined) sheet.interfaces.set(name, '') // keeps its place before those that it names
  const members = Object.entries<AnySchemaObject>(node['properties']).map(([member, schema]) => {
    const inner = findPlace(place, [member])
    return formatMember(sheet.side, member, inner, formatType(sheet, schema, inner))
  })
  const text = `export interface ${name} {\n${members.join('')}}\n`
  if (known !== undefined && !known.endsWith(text))
    throw new Error(`${name} is not the same at ${place.path} as elsewhere`)
  if (known === undefined) sheet.interfaces.set(name, `/** ${about} */\n${text}`)
}

function formatMember(side: Side, name: string, place: BodyPlace, type: string): string {
  const about = place.rules.filter(({ severity }) => severity !== 'info').flatMap(describeRule)
  if (side === 'response' && name.endsWith('At')) about.push('Seconds since 1970.')
  const isRequired =
    side === 'request' &&
    place.rules.some(
      (rule) => rule.keyword === 'required' && rule.severity === 'error' && !rule.when,
    )
  return `${about.length > 0 ? `  /** ${about.join(' ')} */\n` : ''}  ${name}${isRequired ? '' : '?'}: ${type}\n`
}

/** What a type cannot say, in a few words. A condition is left to the checks. */
function describeRule({ keyword, operand, when }: BodyRule): string[] {
  if (when) return []
  switch (keyword) {
    case 'integer':
      return ['A whole number.']
    case 'maxLength':
      return [`At most ${String(operand)} characters.`]
    case 'maxItems':
      return [`At most ${String(operand)}.`]
    case 'minimum':
      return [`At least ${String(operand)}.`]
    case 'maximum':
      return [`At most ${String(operand)}.`]
    case 'type':
    case 'required':
    case 'enum':
    case 'const':
    case 'pattern':
    case 'minLength':
    case 'minItems':
    case 'not':
    case 'code':
      return []
  }
}

function formatType(sheet: Sheet, node: AnySchemaObject, place: BodyPlace): string {
  if (typeof node['$ref'] === 'string') {
    const name = node['$ref'].replace('#/$defs/', '')
    collectInterface(
      sheet,
      sheet.page['$defs'][name],
      place,
      name,
      `\`${place.path}\` of a StartTask ${sheet.side}.`,
    )
    return name
  }
  if (node['type'] === 'array') {
    const item = formatType(sheet, node['items'], findPlace(place, ['[]']))
    return item.includes('|') ? `(${item})[]` : `${item}[]`
  }
  const values = place.rules.find(
    (rule) => rule.keyword === 'enum' && rule.severity === 'error',
  )?.operand
  return sheet.side === 'request' && Array.isArray(values)
    ? values.map((value) => `'${String(value)}'`).join(' | ')
    : node['type']
}
