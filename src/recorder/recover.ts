/** Puts in place what killed recorders left in their journals. A door of its own: it captures nothing. */
export { type Finished, finishJournals, refuseLeaks } from './finish.ts'
