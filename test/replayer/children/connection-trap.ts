/**
 * A preload that sees every way out of the process where Node.js hands it to the operating system: msw works above that place, on
 * sockets that look real. At the end it writes the list of what was tried to file descriptor 3.
 */
import { createHook } from 'node:async_hooks'
import dns, { type LookupOptions } from 'node:dns'
import { writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isIP } from 'node:net'

/** Connections over TCP and to pipes, names asked of the system and of a name server, datagrams. */
const WAYS_OUT = new Set([
  'TCPCONNECTWRAP',
  'PIPECONNECTWRAP',
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'UDPWRAP',
  'UDPSENDWRAP',
])

const tried: string[] = []

createHook({
  init(_id, type, _trigger, resource) {
    if (!WAYS_OUT.has(type)) return
    const target = ['address', 'port', 'hostname'].flatMap((name) =>
      name in resource ? [String(Reflect.get(resource, name))] : [],
    )
    tried.push(`${type} ${target.join(':')}`)
  },
}).enable()

/** Should a test fail, no name is asked of the network all the same. */
const { lookup } = dns
Reflect.set(
  dns,
  'lookup',
  (
    hostname: string,
    options: LookupOptions,
    callback: (error: Error | null, address: string) => void,
  ) => {
    if (isIP(hostname)) return Reflect.apply(lookup, dns, [hostname, options, callback])
    tried.push(`lookup ${hostname}`)
    return process.nextTick(
      callback,
      Object.assign(new Error(`trapped: ${hostname}`), { code: 'ENOTFOUND' }),
      '',
    )
  },
)
syncBuiltinESMExports()

process.on('exit', () => writeSync(3, JSON.stringify(tried)))
