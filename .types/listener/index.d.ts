/** A loopback HTTP listener: limits, Host and Origin guard, graceful stop; and the same without a network. */
export type { ListenerResponse, ListenerRequest } from './handling.ts';
export { type Certificate, type Listener, type ListenerOptions, requirePort, startListener, } from './listener.ts';
export { createMemoryServer, type MemoryServer } from './memory-server.ts';
