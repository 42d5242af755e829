/**
 * `starttask-harness/jest`: importing it gives jest's `expect` the matchers. Jest loads ES modules with
 * `NODE_OPTIONS=--experimental-vm-modules` alone; what requires this without it reads that in one message (jest.cjs).
 */
import { type StartTaskMatchers } from './matchers.ts';
export type { StartTaskMatchers } from './matchers.ts';
declare module 'expect' {
    interface Matchers<R extends void | Promise<void>, T = unknown> extends StartTaskMatchers<R> {
    }
}
