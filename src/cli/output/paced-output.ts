import type { Writable } from 'node:stream'

/** Where data goes, at the pace of its reader. */
export interface Output {
  /** Writes, and waits until the reader has taken enough of it. */
  write(text: string): Promise<void>
  hasWritten(): boolean
  /** Whether the reader went away: `| head -1`. */
  isClosed(): boolean
}

/** @param beforeWrite what to do first: a progress line leaves the screen */
export function createOutput(stream: Writable, beforeWrite: () => void): Output {
  let hasWritten = false
  let isClosed = false
  const noteEnd = () => {
    isClosed = true
  }
  stream.once('error', noteEnd) // who may ignore it is told by allowClosedPipes
  stream.once('close', noteEnd)
  return {
    async write(text) {
      if (text === '' || isClosed) return
      beforeWrite()
      hasWritten = true
      if (!stream.write(text)) await waitForRoom(stream)
    },
    hasWritten: () => hasWritten,
    isClosed: () => isClosed,
  }
}

function waitForRoom(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'error', 'close']
    const settle = () => {
      for (const event of events) stream.off(event, settle)
      resolve()
    }
    for (const event of events) stream.on(event, settle)
  })
}
