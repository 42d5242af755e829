import { isObject, type JsonObject } from '../../src/protocol/index.ts'
import type { Vector } from './protocol-vectors.ts'

/** A vector's value or body with StartTask's names for the members of the generic shapes. */
export type Repoint = (value: JsonObject) => JsonObject

/**
 * What a vector is run as.
 *
 * - `framing`: a request whose form counts, sent byte by byte
 * - `request`: what a caller gives, sent by the SDK as a StartTask
 * - `response`: what a caller gets, read by the SDK from a StartTask
 * - `error`: a response that is an error
 */
export type Role = { run: 'framing' | 'error' } | { run: 'request' | 'response'; repoint: Repoint }

const FRAMING: ReadonlySet<string> = new Set([
  'AwsJson11MustSupportParametersInContentType',
  'sends_requests_to_slash',
  'includes_x_amz_target_and_content_type',
  'json_1_1_client_sends_empty_payload_for_no_input_shape',
  'json_1_1_service_supports_empty_payload_for_no_input_shape',
  'AwsJson11HostWithPath',
  'can_call_operation_with_no_input_or_output',
  'AwsJson11ServersDontDeserializeNullStructureValues',
])

const REQUESTS: Readonly<Record<string, Repoint>> = {
  serializes_string_shapes: ({ String: text }) => ({ group: text }),
  serializes_integer_shapes: ({ Integer }) => ({
    overrides: { containerOverrides: [{ cpu: Integer }] },
  }),
  serializes_boolean_shapes_true: ({ Boolean }) => ({ enableECSManagedTags: Boolean }),
  serializes_boolean_shapes_false: ({ Boolean }) => ({ enableECSManagedTags: Boolean }),
  serializes_list_shapes: ({ ListOfStrings }) => ({ containerInstances: ListOfStrings }),
  serializes_empty_list_shapes: ({ ListOfStrings }) => ({ containerInstances: ListOfStrings }),
  serializes_list_of_structure_shapes: ({ ListOfStructs }) => ({
    tags: renameValues(ListOfStructs),
  }),
  serializes_structure_shapes: ({ SimpleStruct }) => ({
    overrides: { cpu: getMember(SimpleStruct, 'Value') },
  }),
  serializes_empty_structure_shapes: ({ SimpleStruct }) => ({ overrides: SimpleStruct }),
  AwsJson11Enums: ({ fooEnum1 }) => ({ propagateTags: fooEnum1 }), // StartTask has one enum here, no list, set or map of them
  AwsJson11StructuresDontSerializeNullValues: ({ string, ...rest }) => ({
    ...(string === undefined ? {} : { group: string }),
    ...rest,
  }),
  can_call_operation_with_optional_input: ({ Value }) => ({ group: Value }),
  AwsJson11SerializeStructureUnionValue: ({ contents }) => ({ overrides: nestUnion(contents) }),
  'legacy-request-0-0': ({ Name }) => ({ group: Name }),
}

const RESPONSES: Readonly<Record<string, Repoint>> = {
  handles_empty_output_shape: (value) => value,
  handles_unexpected_json_output: (value) => value,
  json_1_1_service_responds_with_no_payload: (value) => value,
  parses_operations_with_empty_json_bodies: (value) => value,
  parses_the_request_id_from_the_response: (value) => value,
  'legacy-response-5-0': (value) => value,
  parses_string_shapes: ({ String: text }) => nestTask({ group: text }),
  parses_integer_shapes: ({ Integer }) => nestTask({ containers: [{ exitCode: Integer }] }),
  parses_long_shapes: ({ Long }) => nestTask({ version: Long }),
  parses_boolean_shapes_true: ({ Boolean }) => nestTask({ enableExecuteCommand: Boolean }),
  parses_boolean_false: ({ Boolean }) => nestTask({ enableExecuteCommand: Boolean }),
  parses_timestamp_shapes: ({ Timestamp }) => nestTask({ createdAt: Timestamp }),
  parses_list_shapes: ({ ListOfStrings }) => nestTask({ containers: [{ gpuIds: ListOfStrings }] }),
  parses_list_of_structure_shapes: ({ ListOfStructs }) =>
    nestTask({ tags: renameValues(ListOfStructs) }),
  AwsJson11Enums: ({ fooEnum1, fooEnum2, fooEnum3 }) =>
    nestTask({ launchType: fooEnum1, connectivity: fooEnum2, healthStatus: fooEnum3 }),
  AwsJson11StructuresDontDeserializeNullValues: (value) =>
    nestTask('string' in value ? { group: value['string'] } : {}),
  AwsJson11DeserializeStructureUnionValue: ({ contents }) =>
    nestTask({ overrides: nestUnion(contents) }),
  AwsJson11DeserializeIgnoreType: ({ contents }) => nestTask({ overrides: nestUnion(contents) }),
  'legacy-response-0-0': ({ Str, Num, FalseBool, TrueBool, Long }) => ({
    tasks: [
      {
        group: Str,
        version: Long,
        containers: [{ exitCode: Num }],
        enableExecuteCommand: TrueBool,
      },
      { enableExecuteCommand: FalseBool },
    ],
  }),
  'legacy-response-2-0': ({ TimeArg, StructMember }) =>
    nestTask({ createdAt: TimeArg, startedAt: getMember(StructMember, 'foo') }),
  'legacy-response-3-0': ({ ListMember }) => nestTask({ containers: [{ gpuIds: ListMember }] }),
  'legacy-response-3-1': ({ ListMember, ListMemberStruct }) =>
    nestTask({ containers: [{ gpuIds: ListMember }], attachments: ListMemberStruct }),
}

/** What the vector is run as, `undefined` when it is not run. */
export function findRole({ kind, id, error }: Vector): Role | undefined {
  if (error) return { run: 'error' }
  if (kind === 'request' && FRAMING.has(id)) return { run: 'framing' }
  const repoint = kind === 'request' ? REQUESTS[id] : RESPONSES[id]
  return repoint && { run: kind === 'request' ? 'request' : 'response', repoint }
}

/** Kind and id of every case that a table above names. */
export const NAMED_KEYS: readonly string[] = [
  ...[...FRAMING, ...Object.keys(REQUESTS)].map((id) => `request ${id}`),
  ...Object.keys(RESPONSES).map((id) => `response ${id}`),
]

function nestTask(task: JsonObject): JsonObject {
  return { tasks: [task], failures: [] }
}

function getMember(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined
}

function renameValues(list: unknown): unknown {
  return Array.isArray(list) ? list.map((item) => ({ value: getMember(item, 'Value') })) : list
}

/** StartTask's one union, `sharingStrategy`, has one member, a structure. Other members of the union, as `__type`, stay. */
function nestUnion(contents: unknown): JsonObject {
  const { structureValue, ...rest } = isObject(contents) ? contents : {}
  const sharingStrategy = { ...rest, nvidiaMps: { memory: getMember(structureValue, 'hi') } }
  return {
    containerOverrides: [{ name: 'web', resourceRequirements: [{ type: 'GPU', sharingStrategy }] }],
  }
}
