import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'

/** The code under test of every example: it takes HTTP 200 for success. */
export function launch(containerInstance, clientOptions) {
  const ecs = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    ...clientOptions,
  })
  return ecs.send(
    new StartTaskCommand({
      taskDefinition: 'hello_world',
      containerInstances: [containerInstance],
    }),
  )
}
