/** This package: its version and its files. `node-version.ts` is an entry point of its own, because importing it has an effect. */
export { locatePackageFile, locateProgram } from './root.ts'
export { VERSION } from './version.ts'
