import http from 'node:http'

import type { StartTaskCommandInput } from '@aws-sdk/client-ecs'

/** One request to send, and by which client. */
export interface Sending {
  client: 'fetch' | 'http' | 'sdk'
  body: object
  /** Besides content type and target; the SDK makes its own. */
  headers?: Record<string, string>
}

/** Credentials for clients that sign. */
export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** What the client met: the status, or the code or name of its error. */
export type Met = number | string

const HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
}

/** Sends one request and reads its response whole. Never rejects. */
export function sendOne(url: string, sending: Sending, credentials: Credentials): Promise<Met> {
  switch (sending.client) {
    case 'fetch':
      return sendByFetch(url, sending).catch(nameError)
    case 'http':
      return sendByHttp(url, sending).catch(nameError)
    case 'sdk':
      return sendBySdk(url, sending, credentials).catch(nameError)
  }
}

async function sendByFetch(url: string, { body, headers }: Sending): Promise<Met> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  return response.status
}

function sendByHttp(url: string, { body, headers }: Sending): Promise<Met> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      url,
      { method: 'POST', headers: { ...HEADERS, ...headers } },
      (response) => {
        response.on('error', reject)
        response.on('end', () => resolve(response.statusCode ?? 0))
        response.resume()
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

async function sendBySdk(url: string, { body }: Sending, credentials: Credentials): Promise<Met> {
  const { ECSClient, StartTaskCommand } = await import('@aws-sdk/client-ecs') // slow, and few need it
  const client = new ECSClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 3 })
  const input: StartTaskCommandInput = {
    taskDefinition: 'web',
    containerInstances: ['ci-a'],
    ...body,
  }
  try {
    const { $metadata } = await client.send(new StartTaskCommand(input))
    return $metadata.httpStatusCode ?? 0
  } finally {
    client.destroy()
  }
}

function nameError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return 'code' in error ? String(error.code) : error.name
}
