/** Puts in place what killed recorders left in their journals. A door of its own: it captures nothing. */
export { finishJournals, refuseLeaks } from './finish.ts'
