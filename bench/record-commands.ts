import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type { ECSClient } from '@aws-sdk/client-ecs'

import { captureCommands } from '../src/recorder/commands.ts'
import type * as Sdk from '../src/sdk.ts'
import type { Claim, Competitor, Setup } from './bench.ts'
import { startService } from './services.ts'
import { createClient, makeResponse, startTask } from './start-task.ts'

const SDK = new URL('../dist/sdk.js', import.meta.url).href

/** Makes what measures one call of a client. */
export type MeasureClient = (client: ECSClient) => Promise<Competitor['measure']>

/** A client alone, one that is captured by what keeps nothing, and one that is recorded: each with connections of its own to one service. */
export async function setUpClients(
  measure: MeasureClient,
  claims: readonly (Omit<Claim, 'competitor'> & { of: ClientName })[],
): Promise<Setup> {
  const { recordCommands }: typeof Sdk = await import(SDK)
  const { folder, file } = makeResponse()
  const service = await startService('upstream.ts', file)
  const clients = {
    bare: createClient(service.url),
    captured: createClient(service.url),
    recorded: createClient(service.url),
  }
  const capture = captureCommands(clients.captured, ['StartTask'], () => ({
    finish: () => Promise.resolve(),
    expect: () => {},
    drop: () => {},
  }))
  const recording = recordCommands(clients.recorded, { out: join(folder, 'recorded.json') })
  const createCompetitor = async (name: ClientName, note?: string): Promise<Competitor> => ({
    name: NAMES[name],
    ...(note === undefined ? {} : { note }),
    measure: await measure(clients[name]),
  })
  return {
    baseline: await createCompetitor('bare'),
    competitors: [
      await createCompetitor('captured', 'keeps nothing'),
      await createCompetitor('recorded'),
    ],
    claims: claims.map(({ of, ...claim }) => ({ competitor: NAMES[of], ...claim })),
    missing: [],
    async [Symbol.asyncDispose]() {
      await Promise.all([capture.stop(), recording.stop()])
      for (const client of Object.values(clients)) client.destroy()
      await service[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

type ClientName = keyof typeof NAMES

const NAMES = {
  bare: 'a client alone',
  captured: 'captured, before writing',
  recorded: 'recordCommands',
}

/** CPU time of this process for one call, in microseconds, what it does beside the call included. */
export async function createCpuLoop(client: ECSClient): Promise<Competitor['measure']> {
  const measure = async () => {
    const before = process.cpuUsage()
    for (let call = 0; call < CALLS; call++) await startTask(client)
    await new Promise((resolve) => setImmediate(resolve)) // what a recorder puts off counts too
    const { user, system } = process.cpuUsage(before)
    return (user + system) / CALLS
  }
  for (let batch = 0; batch < 4; batch++) await measure()
  return measure
}

const CALLS = 100
