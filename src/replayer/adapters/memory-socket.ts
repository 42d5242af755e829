import { Duplex } from 'node:stream'

type Done = (error?: Error | null) => void

/**
 * One end of a connection within the process, with what Node.js's HTTP client and server ask of a socket. What is written at one end is
 * read at the other; nothing else happens.
 */
export class MemorySocket extends Duplex {
  /** Whom clients take them to speak with. */
  readonly remoteAddress = '127.0.0.1'
  readonly remotePort = 443
  readonly encrypted = true
  readonly authorized = true
  connecting = false
  timeout = 0
  #peer: MemorySocket | undefined
  #timer: NodeJS.Timeout | undefined
  /** Whether a time limit that runs keeps the process: nothing else here does. */
  #holds = true
  #isSending = false
  /** Tells the writer at the other end that more is wanted. */
  #wanted: Done | undefined

  /** Both ends of a new connection. */
  static createPair(): [MemorySocket, MemorySocket] {
    const [one, other] = [new MemorySocket(), new MemorySocket()]
    one.#peer = other
    other.#peer = one
    return [one, other]
  }

  override _read(): void {
    this.#letWrite()
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: Done): void {
    this.#send(chunk, done)
  }

  #letWrite(): void {
    const wanted = this.#wanted
    this.#wanted = undefined
    wanted?.()
  }

  /** A response that is given within the write of its request is told when that write is over: Node.js's client expects no other. */
  #send(chunk: Uint8Array, done: Done): void {
    this.#touch()
    const peer = this.#peer
    if (peer && peer.#isSending) process.nextTick(() => this.#deliver(chunk, done))
    else this.#deliver(chunk, done)
  }

  #deliver(chunk: Uint8Array, done: Done): void {
    const peer = this.#peer
    if (!peer || peer.destroyed) return done(createResetError())
    peer.#touch()
    this.#isSending = true
    const isWanted = peer.push(chunk)
    this.#isSending = false
    if (isWanted) done()
    else peer.#wanted = done
  }

  override _writev(
    chunks: { chunk: Uint8Array | string; encoding: BufferEncoding }[],
    done: Done,
  ): void {
    const bytes = chunks.map(({ chunk, encoding }) =>
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk,
    )
    this.#send(Buffer.concat(bytes), done)
  }

  override _final(done: Done): void {
    this.#peer?.push(null)
    done()
  }

  override _destroy(error: Error | null, done: Done): void {
    clearTimeout(this.#timer)
    const peer = this.#peer
    this.#peer = undefined
    this.#letWrite()
    // as a socket whose other end is closed: what was sent is still read, then it ends
    if (peer && !peer.destroyed && !peer.readableEnded)
      tellLater(() => (peer.destroyed ? undefined : peer.push(null)))
    done(error)
  }

  /** The other end meets a reset rather than an end. */
  resetAndDestroy(): this {
    const peer = this.#peer
    this.#peer = undefined
    tellLater(() => peer?.destroy(createResetError()))
    return this.destroy()
  }

  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  setTimeout(ms: number, onTimeout?: () => void): this {
    this.timeout = ms
    if (onTimeout) {
      if (ms === 0) this.off('timeout', onTimeout)
      else this.once('timeout', onTimeout)
    }
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#touch()
    return this
  }

  /** Idle time begins anew. */
  #touch(): void {
    if (this.timeout === 0 || this.destroyed) return
    if (this.#timer) return void this.#timer.refresh()
    this.#timer = setTimeout(() => this.emit('timeout'), this.timeout)
    if (!this.#holds) this.#timer.unref()
  }

  setKeepAlive(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  ref(): this {
    this.#holds = true
    this.#timer?.ref()
    return this
  }

  unref(): this {
    this.#holds = false
    this.#timer?.unref()
    return this
  }
}

/** As on a network: whoever was given a response's beginning has begun to read it when he hears that there is no more. */
function tellLater(tell: () => void): void {
  setImmediate(tell)
}

function createResetError(): Error {
  return Object.assign(new Error('read ECONNRESET'), {
    code: 'ECONNRESET',
    errno: -104,
    syscall: 'read',
  })
}
