/** The documented contract as Standard Schema objects: whoever takes such a schema can take StartTask's. */
import type { StartTaskRequest, StartTaskResponse } from '../contract/index.ts'
import { escapeLine } from '../message/index.ts'
import { parsePointer } from '../protocol/index.ts'
import { type BodySide, checkSubject } from './subject.ts'

/** Standard Schema v1, as far as a schema that only checks needs it: its types allow a copy, so that nothing is installed for it. */
export interface StandardSchema<Value> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'starttask-harness'
    /** The value as it was given, or what is wrong with it: what the contract calls an error; warnings and infos are no issues. */
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Value; readonly issues?: undefined }
      | { readonly issues: readonly StandardIssue[] }
    readonly types?: { readonly input: Value; readonly output: Value } | undefined
  }
}

/** One thing wrong: the message says the rule and where it stands. */
export interface StandardIssue {
  readonly message: string
  readonly path: readonly PropertyKey[]
}

/** The body of a StartTask request. */
export const startTaskRequest: StandardSchema<StartTaskRequest> = createSchema('request')

/** The body of an HTTP 200 response; what a client of AWS SDK v3 gives will do. */
export const startTaskResponse: StandardSchema<StartTaskResponse> = createSchema('response')

function createSchema<Value>(side: BodySide): StandardSchema<Value> {
  return {
    '~standard': {
      version: 1,
      vendor: 'starttask-harness',
      validate(value) {
        const issues = checkSubject(value, side)
          .filter(({ severity }) => severity === 'error')
          .map(({ pointer, message, rule, source }) => ({
            message: escapeLine(`${message} (${rule}; ${source})`),
            path: parsePointer(pointer) ?? [],
          }))
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a parse boundary: nothing is wrong with it, so it has the documented shape
        return issues.length > 0 ? { issues } : { value: value as Value }
      },
    },
  }
}
