import type { ECSClientConfig } from '@aws-sdk/client-ecs'

import type { ReenactedService } from '../../src/incident/index.ts'

type RetryStrategy = Extract<
  ECSClientConfig['retryStrategy'],
  { acquireInitialRetryToken: unknown }
>
type RetryToken = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>

const BASE_MS = 500

/** The SDK's retries of what it takes for transient, waiting by a re-enactment's clock and not in real time. */
export function retryByClock(clock: ReenactedService['clock'], maxAttempts: number): RetryStrategy {
  return {
    acquireInitialRetryToken: () => Promise.resolve(makeToken(0)),
    async refreshRetryTokenForRetry(token, { errorType }) {
      const attempts = token.getRetryCount() + 1
      if (errorType === 'CLIENT_ERROR' || attempts >= maxAttempts)
        throw new Error('No retry is left.')
      await clock.sleep(BASE_MS * 2 ** attempts)
      return makeToken(attempts)
    },
    recordSuccess: () => undefined,
  }
}

function makeToken(count: number): RetryToken & { getRetryCost: () => undefined } {
  return { getRetryCount: () => count, getRetryDelay: () => 0, getRetryCost: () => undefined }
}
