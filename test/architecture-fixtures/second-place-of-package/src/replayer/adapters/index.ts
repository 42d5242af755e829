import { setupServer } from 'msw/node'

export const listen = setupServer
