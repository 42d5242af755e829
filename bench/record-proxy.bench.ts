import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type { Bench, Competitor } from './bench.ts'
import { createAsyncLoop } from './loops.ts'
import { type Service, startService } from './services.ts'
import { createClient, makeResponse, startTask } from './start-task.ts'

export const bench: Bench = {
  title:
    'an SDK v3 call through the recording proxy, against one through a proxy that passes everything on',
  unit: 'µs',
  samplesPerRound: 1,
  async setUp() {
    const { folder, file } = makeResponse()
    const upstream = await startService('upstream.ts', file)
    const services: Service[] = [upstream]
    const createCompetitor = async (
      name: string,
      service: Service,
      note?: string,
    ): Promise<Competitor> => {
      const client = createClient(service.url)
      return {
        name,
        ...(note === undefined ? {} : { note }),
        measure: await createAsyncLoop(() => startTask(client)),
      }
    }
    const start = async (name: string, script: string, ...args: string[]) => {
      const service = await startService(script, ...args)
      services.push(service)
      return createCompetitor(name, service)
    }
    const baseline = await start('pass-through on node:http', 'pass-through.ts', upstream.url)
    const signing = await start(
      'signing and recording',
      'recording-proxy.ts',
      upstream.url,
      join(folder, 'signed.json'),
      'sign',
    )
    const recording = await start(
      'recording',
      'recording-proxy.ts',
      upstream.url,
      join(folder, 'recorded.json'),
    )
    return {
      baseline,
      competitors: [
        signing,
        recording,
        await createCompetitor('no proxy', upstream, 'straight to the service'),
      ],
      claims: [
        {
          competitor: signing.name,
          atMost: 1.5,
          says: 'a call through the signing, recording proxy takes at most 1.5 times a pass-through',
        },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        for (const service of services.toReversed()) await service[Symbol.asyncDispose]()
        rmSync(folder, { recursive: true })
      },
    }
  },
}
