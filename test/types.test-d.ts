/** What must and must not compile. `npm run check` compiles it; nothing runs it. */
import type { Agent } from 'node:https'

import type { ECSClientConfig } from '@aws-sdk/client-ecs'

import { createReplayer, type ReplayOptions } from '../src/replayer/engine/index.ts'
import { type Outcome } from '../src/contract/index.ts'
import type { Recording } from '../src/protocol/index.ts'
import { replayAgent, replayFetch, replayRequestHandler } from '../src/replayer/adapters/index.ts'
import { replayHandlers, startReplay } from '../src/replayer/adapters/msw.ts'

declare const recording: Recording
declare const outcome: Outcome

createReplayer('recordings')
createReplayer(recording, { afterLast: 'repeat' })
createReplayer([recording, 'recordings/started'])
// @ts-expect-error options in words, not in booleans
createReplayer(recording, { afterLast: true })
// @ts-expect-error an option that does not exist
createReplayer(recording, { repeat: 'always' })
// @ts-expect-error an absent option is left out, not undefined
export const absent: ReplayOptions = { afterLast: undefined }

export const handlers: readonly object[] = replayHandlers(recording)
export function usesReplay(): number {
  using replay = startReplay(recording)
  return replay.used().length
}
// each adapter fits where its client takes it
export const sdkClient: ECSClientConfig = { requestHandler: replayRequestHandler(recording) }
export const givenFetch: typeof fetch = replayFetch(recording)
export const agent: Agent = replayAgent(recording)
// @ts-expect-error an option that does not exist, at every adapter
replayRequestHandler(recording, { onUnhandledRequest: 'error' })
// @ts-expect-error
replayFetch(recording, { onUnhandledRequest: 'error' })
// @ts-expect-error
replayAgent(recording, { onUnhandledRequest: 'error' })

/** Every outcome is met: a reader without one of them does not compile. */
export function readKind(): string {
  switch (outcome.kind) {
    case 'started':
    case 'partial':
      return `${outcome.tasks.length} tasks`
    case 'unplaced':
      return outcome.failures.map(({ reason }) => reason).join()
    case 'rejected':
      return outcome.error.name
    case 'unreadable':
      return outcome.reason
  }
}

// @ts-expect-error an unplaced outcome has no tasks: HTTP 200 does not mean that one started
export const tasks = outcome.kind === 'unplaced' ? outcome.tasks : []
