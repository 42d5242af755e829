/**
 * Consumer contracts: what a StartTask caller relies on, written with Pact and compared with the documented contract, which stands for the
 * provider. Nothing of Pact is loaded here: its native part is, where a mock service or a verification is started.
 */
export { checkPact, type PactFinding, type PactReport } from './check.ts';
export { type SpecifiedInteraction, type ConsumerContract, consumerContract, type ConsumerContractOptions, type ExpectedResponse, type Given, type Received, } from './consumer-contract.ts';
export { type Judged, judgeDepartures } from './departures.ts';
export { type MadeInteractions, makeInteractions, type NamedRecording } from './from-recording.ts';
export type { Interaction, ProviderState } from './interaction.ts';
export { namePactFile, type PactChange, type SavedPact, savePact } from './pact-store.ts';
export { STATES } from './provider-states.ts';
export { type PublishOptions, publishPacts, type PublishReport } from './publish.ts';
export { parsePact, type ReadInteraction, type ReadPact } from './read-pact.ts';
export { checkSeen } from './seen.ts';
export type { Mismatch, VerifiedInteraction } from './verify-results.ts';
export { type StateHandler, type VerifyOptions, verifyPacts, type VerifyReport } from './verify.ts';
