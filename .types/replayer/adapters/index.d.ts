/** Connects clients to the replay engine. `msw.ts` is an entry point of its own, because it loads msw. */
export { openAgent, replayAgent, type ReplayAgent } from './agent.ts';
export { openFetch, type ReplayFetch, replayFetch } from './fetch.ts';
export { closeOldConnections } from './old-connections.ts';
export { openRequestHandler, type ReplayRequestHandler, replayRequestHandler, } from './request-handler.ts';
export { type ReplayServer, type ReplayServerOptions, serveEngine, startReplayServer, } from './server.ts';
