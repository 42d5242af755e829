/** The types of both bodies against those of the AWS SDK. `npm run check` compiles it; nothing runs it. */
import type { StartTaskCommandInput, StartTaskCommandOutput } from '@aws-sdk/client-ecs'
import type {
  ContainerOverride,
  Failure,
  StartTaskRequest,
  StartTaskResponse,
  Task,
} from '../src/contract/index.ts'

/** What the SDK writes on the wire for its input, and reads from it for its output: no undefined, no `Date`. */
type WireOf<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? WireOf<Item>[]
    : T extends object
      ? { [Name in keyof T]: WireOf<Exclude<T[Name], undefined>> }
      : T

declare const request: StartTaskRequest
declare const sdkInput: WireOf<StartTaskCommandInput>
declare const sdkOutput: WireOf<StartTaskCommandOutput>

export const input: StartTaskCommandInput = request
export const fromInput: StartTaskRequest = sdkInput
export const fromOutput: StartTaskResponse = sdkOutput

declare const task: Task
type SdkTask = NonNullable<StartTaskCommandOutput['tasks']>[number]
// @ts-expect-error the SDK's times are Dates, those on the wire are numbers
export const sdkTime: Pick<SdkTask, 'createdAt'> = { createdAt: task.createdAt ?? 0 }

/** Both ways, so that neither has a member that the other does not have. */
type Equal<One, Other> = [One, Other] extends [Other, One]
  ? keyof One extends keyof Other
    ? true
    : false
  : false
export const failure: Equal<Failure, NonNullable<StartTaskResponse['failures']>[number]> = true

const least = { containerInstances: ['ci-1'], taskDefinition: 'web:3' }
export const valid: StartTaskRequest[] = [
  least,
  { ...least, propagateTags: 'NONE', tags: [{ key: 'team', value: 'web' }] },
  {
    ...least,
    overrides: {
      containerOverrides: [
        { name: 'web', cpu: 256, environmentFiles: [{ type: 's3', value: 'arn' }] },
      ],
    },
  },
  {
    ...least,
    volumeConfigurations: [
      {
        name: 'data',
        managedEBSVolume: { roleArn: 'arn', volumeType: 'any that the service learns' },
      },
    ],
  },
]

// @ts-expect-error containerInstances is required
export const withoutInstances: StartTaskRequest = { taskDefinition: 'web:3' }
// @ts-expect-error taskDefinition is required
export const withoutDefinition: StartTaskRequest = { containerInstances: ['ci-1'] }
// @ts-expect-error propagateTags is one of three
export const otherPropagation: StartTaskRequest = { ...least, propagateTags: 'TASK' }
// @ts-expect-error a member that the page does not show
export const unknownMember: StartTaskRequest = { ...least, launchType: 'EC2' }
export const misplaced: StartTaskRequest = {
  ...least,
  // @ts-expect-error a member that another model has, in a place where this one does not
  overrides: { containerOverrides: [{ name: 'web', image: 'nginx' }] },
}
export const textCpu: StartTaskRequest = {
  ...least,
  // @ts-expect-error a container's cpu is a number
  overrides: { containerOverrides: [{ name: 'web', cpu: '256' }] },
}
// @ts-expect-error a task's cpu is a text
export const numberCpu: StartTaskRequest = { ...least, overrides: { cpu: 256 } }
// @ts-expect-error null is no value of any member
export const nothing: StartTaskRequest = { ...least, cluster: null }
// @ts-expect-error an absent member is left out, not undefined
export const absent: StartTaskRequest = { ...least, cluster: undefined }
export const withoutSubnets: StartTaskRequest = {
  ...least,
  // @ts-expect-error the model requires subnets
  networkConfiguration: { awsvpcConfiguration: { securityGroups: [] } },
}
export const withoutRole: StartTaskRequest = {
  ...least,
  // @ts-expect-error the model requires roleArn
  volumeConfigurations: [{ name: 'data', managedEBSVolume: {} }],
}
export const otherFile: ContainerOverride = {
  name: 'web',
  // @ts-expect-error an environment file lies in S3
  environmentFiles: [{ type: 'efs', value: '' }],
}

/** In responses, enums are open and nothing is required. */
export const learned: Task = {
  launchType: 'one that the service learns',
  createdAt: 1_760_000_000.123,
}
// @ts-expect-error a time is a number
export const date: Task = { createdAt: new Date(0) }
// @ts-expect-error a time is a number, not its text
export const text: Task = { createdAt: '2026-01-01T00:00:00Z' }
