import type { Exchange } from '../../src/protocol/index.ts'

/** When the page's sample was sent, by its `X-Amz-Date` and `Date` headers. */
export const SAMPLE_DATE = '2016-11-21T22:00:32.000Z'

const ARN = 'arn:aws:ecs:us-east-1:012345678910'
const INSTANCE_ID = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
const TASK_ARN = `${ARN}:task/default/fdf2c302-468c-4e55-b884-5331d816e7fb`

/**
 * The sample request and response of the StartTask API page. The oddities are the page's own: a request id that is no UUID, and two
 * forms of `containerArn`, without the cluster and with it.
 */
export const PAGE_SAMPLE: Exchange = {
  operation: 'StartTask',
  startedAtMs: 0,
  request: {
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
    },
    body: { containerInstances: [INSTANCE_ID], taskDefinition: 'hello_world' },
  },
  response: {
    status: 200,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': '123a4b56-7c89-01d2-3ef4-example5678f',
    },
    body: {
      failures: [],
      tasks: [
        {
          clusterArn: `${ARN}:cluster/default`,
          containerInstanceArn: `${ARN}:container-instance/default/${INSTANCE_ID}`,
          containers: [
            {
              containerArn: `${ARN}:container/e76594d4-27e1-4c74-98b5-46a6435eb769`,
              lastStatus: 'PENDING',
              name: 'wordpress',
              taskArn: TASK_ARN,
            },
            {
              containerArn: `${ARN}:container/default/b19106ea-4fa8-4f1d-9767-96922c82b070`,
              lastStatus: 'PENDING',
              name: 'mysql',
              taskArn: TASK_ARN,
            },
          ],
          createdAt: 1479765460.842,
          desiredStatus: 'RUNNING',
          lastStatus: 'PENDING',
          overrides: { containerOverrides: [{ name: 'wordpress' }, { name: 'mysql' }] },
          taskArn: TASK_ARN,
          taskDefinitionArn: `${ARN}:task-definition/hello_world:6`,
          version: 1,
        },
      ],
    },
  },
}
