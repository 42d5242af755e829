/** Puts in place what killed recorders left in their journals. An adapter of its own: it captures nothing. */
export { finishJournals, refuseSecrets } from './finish.ts';
