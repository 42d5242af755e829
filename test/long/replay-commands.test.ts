import { expect, inject, test } from 'vitest'

import { buildResponse, buildExchange, buildRecording } from '../replayer/recorded-exchanges.ts'
import { createFolder, runScript, runStarttask } from '../cli/starttask.ts'

const { awsCli: HAS_AWS_CLI, boto3: HAS_BOTO3 } = inject('programs')
const ARN = 'arn:aws:ecs:us-east-1:000058083549'

/** Recorded with names, and with members in an order and a spacing that no client uses. */
const RECORDING = buildRecording(
  buildExchange(
    {
      taskDefinition: 'web:3',
      startedBy: 'placeholder', // as the access key id that a child is given: it must not be taken for a credential
      overrides: {
        containerOverrides: [
          { name: 'web', environment: [{ name: 'TOKEN', value: '(redacted)' }] },
        ],
      },
      containerInstances: ['a1', 'b2'],
    },
    buildResponse(200, {
      tasks: [{ taskArn: `${ARN}:task/default/fdf2c302`, lastStatus: 'PENDING' }],
      failures: [{ arn: `${ARN}:container-instance/default/b2`, reason: 'AGENT' }],
    }),
  ),
)

const OVERRIDES = {
  containerOverrides: [
    { environment: [{ value: 'sent, not recorded', name: 'TOKEN' }], name: 'web' },
  ],
}

const AWS_CLI = `-- aws ecs start-task
  --container-instances arn:aws:ecs:us-east-1:111122223333:container-instance/default/a1 b2
  --started-by placeholder --task-definition web:3
  --output json --query [tasks[0].lastStatus,failures[0].reason]`
  .split(/\s+/)
  .concat('--overrides', JSON.stringify(OVERRIDES, undefined, 3))

const BOTO3 = [
  '--',
  'python3',
  '-c',
  `
import boto3, json
response = boto3.client('ecs').start_task(
  startedBy='placeholder', cluster='default', containerInstances=['a1', 'b2'], taskDefinition='web:3', overrides=${JSON.stringify(OVERRIDES)})
print(json.dumps([response['tasks'][0]['lastStatus'], response['failures'][0]['reason']]))
`,
]

const SDK = runScript(`
import { ECSClient, StartTaskCommand } from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-ecs'))}
const { tasks, failures } = await new ECSClient().send(new StartTaskCommand({
  overrides: ${JSON.stringify(OVERRIDES)}, taskDefinition: 'arn:aws:ecs:eu-west-1:444455556666:task-definition/web:3',
  containerInstances: ['a1', 'b2'], startedBy: 'placeholder', cluster: null }))
console.log(JSON.stringify([tasks[0].lastStatus, failures[0].reason]))
`)

const CLIENTS = [
  { client: 'aws-cli', command: AWS_CLI, isHere: HAS_AWS_CLI },
  { client: 'boto3', command: BOTO3, isHere: HAS_BOTO3 },
  { client: 'the SDK for JavaScript', command: SDK, isHere: true },
]

for (const { client, command, isHere } of CLIENTS) {
  test.skipIf(!isHere)(
    `gives ${client}, unchanged, the recorded response`,
    { timeout: 60_000 },
    async () => {
      using folder = createFolder()
      const { code, stdout, stderr } = await runStarttask([
        'replay',
        folder.write('partial.json', RECORDING),
        ...command,
      ])
      expect(stderr).toBe('starttask: 1 of 1 recorded exchanges played, 0 requests missed\n')
      expect([code, JSON.parse(stdout)]).toEqual([0, ['PENDING', 'AGENT']])
    },
  )
}

test.skipIf(!HAS_AWS_CLI)(
  'shows a user of aws-cli the closest request when none is recorded',
  { timeout: 60_000 },
  async () => {
    using folder = createFolder()
    const path = folder.write('partial.json', RECORDING)
    const command =
      '-- aws ecs start-task --task-definition web:3 --started-by placeholder --container-instances a1 c3'.split(
        ' ',
      )
    const { code, stderr } = await runStarttask([
      'replay',
      path,
      ...command,
      '--overrides',
      JSON.stringify(OVERRIDES),
    ])
    expect(code).toBeGreaterThan(0)
    expect(stderr).toContain(
      'An error occurred (NoRecordingMatched) when calling the StartTask operation: No recorded exchange answers this StartTask.',
    )
    expect(stderr).toContain(
      `nearest    ${path} #1, 1 difference: /containerInstances/1 recorded "b2", sent "c3"`,
    )
    expect(stderr).toContain(`starttask: 0 of 1 recorded exchanges played, 1 request missed\n`)
  },
)

test.skipIf(!HAS_AWS_CLI)(
  'lets aws-cli meet a recorded rejection',
  { timeout: 60_000 },
  async () => {
    using folder = createFolder()
    const response = buildResponse(400, {
      __type: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
    const path = folder.write(
      'rejected.json',
      buildRecording(
        buildExchange(
          { cluster: 'none', taskDefinition: 'web', containerInstances: ['a'] },
          response,
        ),
      ),
    )
    const command =
      '-- aws ecs start-task --cluster none --task-definition web --container-instances a'.split(
        ' ',
      )
    const { stderr } = await runStarttask(['replay', path, ...command])
    expect(stderr).toContain(
      'An error occurred (ClusterNotFoundException) when calling the StartTask operation: Cluster not found.',
    )
  },
)
