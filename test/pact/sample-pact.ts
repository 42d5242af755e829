import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  checkPact,
  namePactFile,
  parsePact,
  type PactFinding,
  savePact,
} from '../../src/pact/index.ts'

/** A folder that goes with its block. */
export function createFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'starttask-pact-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export const REQUEST = {
  cluster: 'default',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
  taskDefinition: 'hello_world:6',
  startedBy: 'job/2026-11',
  propagateTags: 'TASK_DEFINITION',
  tags: [{ key: 'team', value: 'data' }],
  overrides: {
    containerOverrides: [
      { name: 'app', cpu: 256, environment: [{ name: 'MODE', value: 'night' }] },
    ],
  },
}

export const TASK = {
  taskArn: 'arn:aws:ecs:us-east-1:012345678910:task/default/fdf2c302-468c-4e55-b884-5331d816e7fb',
  createdAt: 1479765460.842,
  lastStatus: 'PENDING',
  launchType: 'EC2',
  version: 1,
  containers: [{ name: 'app', lastStatus: 'PENDING', exitCode: 0 }],
}

/** A pact as it stands in its file, to be changed by a test. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests reach into every corner of it
export type PactJson = any

/** A pact of three interactions: started, unplaced, rejected. */
export async function makePact(): Promise<PactJson> {
  using folder = createFolder()
  const file = namePactFile(folder.path, 'sample')
  const states = [{ name: 'container instances can take the task' }]
  const failure = {
    arn: 'arn:aws:ecs:us-east-1:012345678910:container-instance/default/4c543eed-f83f-47da-b1d8-3d23f1da4c64',
    reason: 'AGENT',
  }
  await savePact({
    file,
    consumer: 'sample',
    interactions: [
      {
        description: '1 started',
        states,
        request: REQUEST,
        status: 200,
        response: { failures: [], tasks: [TASK] },
      },
      {
        description: '2 unplaced',
        states,
        request: REQUEST,
        status: 200,
        response: { failures: [failure], tasks: [] },
      },
      {
        description: '3 rejected',
        states,
        request: REQUEST,
        status: 400,
        response: { __type: 'ClusterNotFoundException', message: 'Cluster not found.' },
      },
    ],
  })
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** What is found in a pact after a change, without infos. */
export async function findAfter(change: (pact: PactJson) => void): Promise<PactFinding[]> {
  const pact = await makePact()
  change(pact)
  return checkPact(parsePact(JSON.stringify(pact), 'sample.json')).findings.filter(
    ({ severity }) => severity !== 'info',
  )
}
