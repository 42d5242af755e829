/** A loopback HTTP listener: limits, Host and Origin guard, graceful stop. */
export { type Listener, type ListenerAnswer, type ListenerOptions, type ListenerRequest, requirePort, startListener } from './listener.ts'
