import { REQUEST_PLACES, RESPONSE_PLACES, START_TASK_TARGET } from '../contract/index.ts'
import { AWS_JSON, formatCanonicalJson, hashText, type JsonObject } from '../protocol/index.ts'
import { type BodyRules, deriveRules, makeRule, type Rule } from './matchers.ts'

/** Something that the provider is in before an interaction; `params` name what of it counts. */
export interface ProviderState {
  name: string
  params?: JsonObject
}

/** One request that a consumer sends and the response that it relies on, before it is written in Pact's form. */
export interface Interaction {
  description: string
  states: readonly ProviderState[]
  request: JsonObject
  /** Without rules given, those that the contract has for the body. */
  requestRules?: BodyRules
  status: number
  response: JsonObject
  responseRules?: BodyRules
  /** Test files or recordings that make this interaction, seen from the pact's folder. */
  madeBy?: readonly string[]
}

/** The provider's name in every pact of ours. */
export const PROVIDER = 'AmazonECS'

/** What tells interactions apart in a pact: what is asked for, in which states. */
export function nameInteraction({
  description,
  states,
}: Pick<Interaction, 'description' | 'states'>): string {
  return formatCanonicalJson([description, states.map(({ name, params }) => [name, params ?? {}])])
}

/**
 * The one form of a part that Pact's core matches member by member: it takes `application/x-amz-json-1.1` for no JSON, unless the body says
 * `application/json` and a rule for the header accepts what is sent. Source: measured with pact-ffi 0.5.8.
 */
const JSON_BODY = 'application/json'
const CONTENT_TYPE = 'Content-Type'
const CONTENT_TYPE_RULE = makeRule({
  match: 'regex',
  regex: String.raw`^application/x-amz-json-1\.1$`,
})

/** A part of an interaction, as Pact's specification 4 writes it. */
export interface PactPart {
  headers: Record<string, string[]>
  body: { content: JsonObject; contentType: string; encoded: false }
  matchingRules: { header: Record<string, Rule>; body: BodyRules }
}

/** An interaction as it stands in the file. */
export interface PactInteraction {
  type: 'Synchronous/HTTP'
  key: string
  description: string
  pending: false
  providerStates?: readonly { name: string; params?: JsonObject }[]
  comments?: { starttask: { madeBy: readonly string[] } }
  request: PactPart & { method: 'POST'; path: '/' }
  response: PactPart & { status: number }
}

/** Writes an interaction in the form of Pact's specification 4. */
export function encodeInteraction(interaction: Interaction): PactInteraction {
  const { description, states, request, status, response, madeBy } = interaction
  return {
    type: 'Synchronous/HTTP',
    key: Buffer.from(hashText(nameInteraction(interaction)), 'base64')
      .toString('hex')
      .slice(0, 16),
    description,
    pending: false,
    ...(states.length > 0 ? { providerStates: states } : {}),
    ...(madeBy ? { comments: { starttask: { madeBy } } } : {}),
    request: {
      method: 'POST',
      path: '/',
      ...encodePart(request, interaction.requestRules ?? deriveRules(REQUEST_PLACES, request), {
        'X-Amz-Target': [START_TASK_TARGET],
      }),
    },
    response: {
      status,
      ...encodePart(response, interaction.responseRules ?? deriveResponseRules(status, response)),
    },
  }
}

function encodePart(
  content: JsonObject,
  body: BodyRules,
  headers: Record<string, string[]> = {},
): PactPart {
  return {
    headers: { [CONTENT_TYPE]: [AWS_JSON], ...headers },
    body: { content, contentType: JSON_BODY, encoded: false },
    matchingRules: { header: { [CONTENT_TYPE]: CONTENT_TYPE_RULE }, body },
  }
}

/** The rules of a response: an error says its name in any of the forms that clients read, and its message in any words. */
export function deriveResponseRules(status: number, response: JsonObject): BodyRules {
  if (status === 200) return deriveRules(RESPONSE_PLACES, response)
  const name = response['__type']
  return {
    ...(typeof name === 'string'
      ? {
          '$.__type': makeRule({
            match: 'regex',
            regex: `^(.*#)?${escapeRegex(readShapeName(name))}(:.*)?$`,
          }),
        }
      : {}),
    ...Object.fromEntries(
      Object.entries(response)
        .filter(([member, value]) => /^message$/i.test(member) && typeof value === 'string')
        .map(([member]) => [`$.${member}`, makeRule({ match: 'type' })]),
    ),
  }
}

/** The bare name in `com.amazonaws.ecs#ClientException:http://…`. */
function readShapeName(name: string): string {
  return name.split(':', 1)[0]?.split('#').at(-1) ?? name
}

/** A text as a regular expression that matches it alone. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
