import { RequestController } from '@mswjs/interceptors'
import { HttpRequestInterceptor } from '@mswjs/interceptors/http'

import { closeOldConnections } from './old-connections.ts'

/**
 * Holds what a listening msw server lets out: requests of npm's undici, of `request` where it was imported by name or kept from before, and
 * what fetch would send on a connection that is older. `undefined` for a request that shall not be answered: it becomes an error. Gives the
 * function that ends it.
 */
export function holdRequests(
  response: (request: Request) => Promise<Response> | undefined,
): () => void {
  const interceptor = new HttpRequestInterceptor()
  interceptor.on('request', async ({ request, controller }) => {
    const answered = await response(request)
    if (controller.readyState !== RequestController.PENDING) return // its client went away
    if (answered) controller.respondWith(answered)
    else
      controller.errorWith(
        new Error(`The replay lets no other request out: ${request.method} ${request.url}`),
      )
  })
  const stopClosing = closeOldConnections(() => true, TOO_OLD)
  interceptor.apply()
  return () => {
    interceptor.dispose()
    stopClosing()
  }
}

const TOO_OLD =
  'This request was not sent: its connection is older than the replay. Send it again, or start the replay first.'
