import { expect, test } from 'vitest'
import {
  formatArn,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
} from '../../src/contract/index.ts'

const arn = (resource: string): string => `arn:aws:ecs:us-east-1:012345678910:${resource}`

test('reads the parts of an ARN', () => {
  expect(parseArn(arn('cluster/default'))).toEqual({
    partition: 'aws',
    service: 'ecs',
    region: 'us-east-1',
    account: '012345678910',
    resource: 'cluster/default',
  })
})

test.each([
  arn('task-definition/web:3'),
  'arn:aws-cn:iam::012345678910:role/a/b',
  'arn:aws:s3:::bucket/key:with:colons',
])('writes %s back as it was', (text) => {
  const parsed = parseArn(text)
  expect(parsed && formatArn(parsed)).toBe(text)
})

test.each([
  '',
  'default',
  'arn:aws:ecs:us-east-1:012345678910',
  'arn:aws:ecs:us-east-1:1234:cluster/x',
  'ARN:aws:ecs:r:012345678910:x',
])('does not take %j for an ARN', (text) => {
  expect(parseArn(text)).toBeUndefined()
})

test('reads a cluster by name and by ARN', () => {
  expect([readClusterName('web'), readClusterName(arn('cluster/web'))]).toEqual(['web', 'web'])
})

test('reads a task definition by family, revision and ARN', () => {
  expect([
    readTaskDefinitionName('web'),
    readTaskDefinitionName('web:3'),
    readTaskDefinitionName(arn('task-definition/web:3')),
  ]).toEqual(['web', 'web:3', 'web:3'])
})

test('reads a container instance by id and by both forms of the ARN', () => {
  const forms = ['ci-1', arn('container-instance/ci-1'), arn('container-instance/default/ci-1')]
  expect(forms.map(readContainerInstanceId)).toEqual(['ci-1', 'ci-1', 'ci-1'])
})

test('reads a task by id and by both forms of the ARN', () => {
  expect(['t-1', arn('task/t-1'), arn('task/default/t-1')].map(readTaskId)).toEqual([
    't-1',
    't-1',
    't-1',
  ])
})

test('leaves the ARN of another kind as it is', () => {
  expect(readClusterName(arn('service/web'))).toBe(arn('service/web'))
})
