require('starttask-harness/jest')
const { ECSClient, StartTaskCommand } = require('@aws-sdk/client-ecs')
const { replayRequestHandler } = require('starttask-harness/sdk')

test('takes failures for success', async () => {
  const requestHandler = replayRequestHandler(
    'recordings/unplaced/provider-agent-disconnected.json',
  )
  const ecs = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler,
  })
  const input = {
    taskDefinition: 'hello_world',
    containerInstances: ['b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8'],
  }
  const response = await ecs.send(new StartTaskCommand(input))
  expect(response).toHaveFailedPlacement('AGENT')
  expect(response).toHaveStartedTask()
})
