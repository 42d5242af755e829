import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

import type * as S3 from '@aws-sdk/client-s3'
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'

import { describeReason, formatValueBriefly, HarnessError } from '../message/index.ts'
import type { ImportSource } from '../formats/index.ts'

/** Where objects lie: `s3://bucket/prefix`. */
interface Place {
  bucket: string
  prefix: string
}

/** Whether a path names objects of S3. */
export function isS3(path: string): boolean {
  return path.startsWith('s3://')
}

/**
 * The objects below `s3://bucket/prefix` whose names end as CloudTrail's files do, in the order of their names. Each is streamed when it is read, and nothing
 * of it is put on a disk. The AWS SDK finds region, credentials and endpoint as everywhere. Throws `not-found` where the SDK's client is not installed,
 * `usage` for what is no such address, `credentials-missing` and `upstream-unreachable` where S3 does not give what was asked for.
 */
export async function* listObjects(url: string): AsyncGenerator<ImportSource> {
  const place = parsePlace(url)
  const { GetObjectCommand, paginateListObjectsV2, S3Client } = await loadS3()
  const client = new S3Client(choosePathStyle())
  const begin = (key: string): ImportSource => {
    const response = client.send(new GetObjectCommand({ Bucket: place.bucket, Key: key }))
    response.catch(() => undefined) // whoever reads it hears of it
    return { file: `s3://${place.bucket}/${key}`, read: () => readObject(response) }
  }
  const begun: ImportSource[] = []
  try {
    for await (const key of listKeys(
      paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix: place.prefix }),
      url,
    )) {
      begun.push(begin(key))
      if (begun.length > AHEAD) yield* begun.splice(0, 1)
    }
    yield* begun
  } finally {
    client.destroy()
  }
}

/** So many objects are asked for before they are read: each response takes its time to come. */
const AHEAD = 16

/** An endpoint of one's own seldom has a name for each bucket. */
function choosePathStyle(): { forcePathStyle?: true } {
  const { AWS_ENDPOINT_URL_S3: own, AWS_ENDPOINT_URL: all } = process.env
  return (own ?? all) === undefined ? {} : { forcePathStyle: true }
}

async function* listKeys(
  pages: AsyncIterable<{ Contents?: { Key?: string | undefined }[] | undefined }>,
  url: string,
): AsyncGenerator<string> {
  try {
    for await (const { Contents = [] } of pages) {
      for (const { Key } of Contents)
        if (
          Key !== undefined &&
          !Key.includes('/CloudTrail-Digest/') &&
          /\.(?:json|ndjson|jsonl|csv|log)(?:\.gz)?$/i.test(Key)
        )
          yield Key
    }
  } catch (error) {
    throw describeRefusal(url, error)
  }
}

async function* readObject(response: Promise<GetObjectCommandOutput>): AsyncGenerator<Uint8Array> {
  const { Body } = await response
  const stream = Body?.transformToWebStream()
  if (!stream) return
  const chunks = readChunks(stream.getReader())
  const first = await chunks.next()
  if (first.done) return
  const whole = prepend(first.value, chunks)
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) yield* whole
  else yield* unpack(whole)
}

async function* readChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function* prepend(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pipeline(chunks, createGunzip(), () => {})
}

function parsePlace(url: string): Place {
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(url) ?? []
  if (bucket === undefined)
    throw new HarnessError('usage', `${formatValueBriefly(url, 200)} is no address in S3.`, {
      remedy: 'write s3://bucket/prefix/',
    })
  return { bucket, prefix }
}

function describeRefusal(url: string, error: unknown): HarnessError {
  const name = error instanceof Error ? error.name : ''
  const message = describeReason(error)
  const isUnsigned = /Credentials/.test(name)
  return new HarnessError(
    isUnsigned ? 'credentials-missing' : 'upstream-unreachable',
    `S3 did not list ${url}: ${message === '' ? name : message}.`,
    {
      remedy: isUnsigned
        ? 'set up credentials as for aws s3 ls'
        : 'see whether aws s3 ls gives it, with the same AWS_PROFILE and AWS_REGION',
      cause: error,
    },
  )
}

async function loadS3(): Promise<typeof S3> {
  try {
    return await import('@aws-sdk/client-s3')
  } catch (cause) {
    throw new HarnessError(
      'not-found',
      'To read from S3 its client is needed, and cannot be loaded here.',
      { remedy: 'npm install -D @aws-sdk/client-s3', cause },
    )
  }
}
