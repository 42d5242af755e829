/** This package: its version. `node-version.ts` is an entry point of its own, because importing it has an effect. */
export { VERSION } from './version.ts';
