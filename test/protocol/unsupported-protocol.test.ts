import { expect, test } from 'vitest'

import {
  buildErrorResponse,
  looksLikeQuery,
  readUnsupportedProtocol,
  translateError,
} from '../../src/protocol/index.ts'

const MAKING = { now: 0, requestId: 'r-<1>' }
const ask = (headers: Record<string, string>, body: string | Uint8Array = '', url = '/') =>
  readUnsupportedProtocol({ method: 'POST', url, headers, body })

test('tells RPC v2 by its path, its header or its content type', () => {
  const path = '/service/AmazonEC2ContainerServiceV20141113/operation/StartTask'
  expect(ask({}, '', path)).toEqual({ name: 'RPC v2 JSON', operation: 'StartTask', form: 'json' })
  expect(ask({ 'smithy-protocol': 'rpc-v2-cbor' }, '', `${path}?a=b`)).toEqual({
    name: 'RPC v2 CBOR',
    operation: 'StartTask',
    form: 'cbor',
  })
  expect(ask({ 'content-type': 'application/cbor' })).toEqual({
    name: 'RPC v2 CBOR',
    operation: undefined,
    form: 'cbor',
  })
})

test('tells the Query protocol by its form, wherever Action stands among the first members', () => {
  expect(ask({}, 'Version=2014-11-13&Action=StartTask')).toEqual({
    name: 'Query',
    operation: 'StartTask',
    form: 'xml',
  })
  expect(ask({}, Buffer.from('Action=StartTask'), '/?x=y')).toMatchObject({ name: 'Query' })
  expect(ask({ accept: 'application/json' }, 'Action=StartTask')).toMatchObject({
    form: 'query-json',
  })
})

test.each([
  '',
  '{}',
  '{"a":"&Action=StartTask&"}',
  'Action=',
  'Action=%00',
  'XAction=StartTask',
  'a b Action=StartTask',
  `a=${'x'.repeat(5000)}&Action=StartTask`,
])('takes %j for no form', (text) => {
  expect(looksLikeQuery(text)).toBe(false)
  expect(ask({}, text)).toBeUndefined()
})

test('takes nothing with a target for an unsupported protocol', () => {
  expect(
    ask({ 'x-amz-target': '', 'smithy-protocol': 'rpc-v2-cbor' }, 'Action=StartTask'),
  ).toBeUndefined()
})

test('lets no text of an error steer XML', () => {
  const told = { name: 'A<b>', message: `<script>&"'\u0000\u001b[31m]]>` }
  const { headers, body } = translateError(buildErrorResponse(400, told, MAKING), {
    name: 'Query',
    operation: undefined,
    form: 'xml',
  })
  const text = String(body)
  expect(text.match(/<\/?[a-zA-Z]+/g)).toEqual([
    '<ErrorResponse',
    '<Error',
    '<Type',
    '</Type',
    '<Code',
    '</Code',
    '<Message',
    '</Message',
    '</Error',
    '<RequestId',
    '</RequestId',
    '</ErrorResponse',
  ])
  expect(text).toContain('<Message>&#60;script&#62;&#38;&#34;&#39;??[31m]]&#62;</Message>')
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
})

test('writes an error of any length as CBOR', () => {
  const message = 'é'.repeat(40_000)
  const { body, headers } = translateError(
    buildErrorResponse(400, { name: 'Name', message }, MAKING),
    {
      name: 'x',
      operation: undefined,
      form: 'cbor',
    },
  )
  const bytes = Buffer.from(body)
  expect(bytes[0]).toBe(0xa2)
  expect([...bytes.subarray(1, 6)]).toEqual([0x7a, 0, 0, 0, 6])
  expect(bytes.subarray(-80_000).toString()).toBe(message)
  expect([...bytes.subarray(-80_005, -80_000)]).toEqual([0x7a, 0, 1, 0x38, 0x80])
  expect(headers).toMatchObject({
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
    'content-length': String(bytes.length),
  })
})
