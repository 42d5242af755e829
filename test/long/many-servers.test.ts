import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, inject, onTestFinished, test, vi } from 'vitest'

import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { makeExchange, makeExchanges, writeArchive } from '../archive/archived.ts'
import { buildInput, TARGET } from '../replayer/recorded-exchanges.ts'

const { nginx } = inject('programs')
const SHARDS = Array.from({ length: 12 }, (_, index) => `shard-${index}`)

/** Two servers over one archive, and nginx before them as docs/archives.md has it. */
async function startBehindNginx(session: 'path' | 'app-id') {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-nginx-'))
  const archive = writeArchive(join(folder, 'all.ndjson.zst'), [
    ...makeExchanges(100),
    makeExchange('twice', 'first'),
    makeExchange('twice', 'second'),
  ])
  const options = {
    allowHosts: ['replay'],
    ...(session === 'app-id' ? { session: { by: 'app-id' } as const } : {}),
  }
  const servers = [
    await startReplayServer(archive, options),
    await startReplayServer(archive, options),
  ]
  const port = await findFreePort()
  const hash = session === 'path' ? '$uri' : '$shard'
  const configuration = `
pid ${folder}/pid; error_log ${folder}/error.log; daemon off; worker_processes 2;
events {}
http {
  access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  map $http_user_agent $shard { "~(?:^| )app/(?<id>[^ ]+)" $id; default none; }
  upstream replay { hash ${hash} consistent; ${servers.map(({ url }) => `server ${new URL(url).host} max_fails=0;`).join(' ')} }
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://replay; proxy_next_upstream off; } }
}`
  writeFileSync(join(folder, 'nginx.conf'), configuration)
  const proxy = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], {
    stdio: 'ignore',
  })
  onTestFinished(async () => {
    proxy.kill()
    for (const server of servers) await server.stop()
  })
  const url = `http://127.0.0.1:${port}`
  await vi.waitUntil(() => fetch(url).then(Boolean, () => false), { timeout: 10_000, interval: 50 })
  for (const server of servers) server.reset() // what was asked to see that it listens
  return { url, servers }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function ask(url: string, instance: string, agent = 'test'): Promise<string> {
  const headers = { 'x-amz-target': TARGET, 'user-agent': agent }
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify(buildInput(instance)),
  })
  const body: { failures?: { reason: string }[]; message?: string } = JSON.parse(
    await response.text(),
  )
  return body.failures?.[0]?.reason ?? body.message ?? ''
}

/** What each shard meets when all ask at once for what was recorded twice, and once more. */
function askThrice(send: (shard: string) => Promise<string>): Promise<string[][]> {
  return Promise.all(
    SHARDS.map(async (shard) => {
      const met = [await send(shard), await send(shard), await send(shard)]
      return [...met.slice(0, 2), /played 2 of 2/.exec(met[2] ?? '')?.[0] ?? met[2] ?? '']
    }),
  )
}

const EXPECTED = SHARDS.map(() => ['first', 'second', 'played 2 of 2'])

test.skipIf(!nginx)(
  'keeps sessions that paths name together behind nginx, over two servers',
  async () => {
    const { url, servers } = await startBehindNginx('path')
    expect(await askThrice((shard) => ask(`${url}/${shard}`, 'twice'))).toEqual(EXPECTED)
    expect(servers.map((server) => server.sessions().length > 0)).toEqual([true, true])
  },
)

test.skipIf(!nginx)(
  'keeps sessions that app ids name together behind nginx, over two servers',
  async () => {
    const { url, servers } = await startBehindNginx('app-id')
    const send = (shard: string) => ask(url, 'twice', `aws-sdk-js/3.1 ua/2.1 app/${shard} md/x`)
    expect(await askThrice(send)).toEqual(EXPECTED)
    expect(servers.map((server) => server.sessions().length > 0)).toEqual([true, true])
  },
)

test.skipIf(!nginx)(
  'meets a server that is gone as an error, not as another with counters at the beginning',
  async () => {
    const { url, servers } = await startBehindNginx('path')
    await askThrice((shard) => ask(`${url}/${shard}`, 'twice'))
    await servers[0]?.stop()
    const met = await Promise.all(
      SHARDS.map((shard) =>
        fetch(`${url}/${shard}`, {
          method: 'POST',
          headers: { 'x-amz-target': TARGET },
          body: JSON.stringify(buildInput('twice')),
        }).then(({ status }) => status),
      ),
    )
    expect(new Set(met)).toEqual(new Set([400, 502])) // the others still know that all is played
  },
)
