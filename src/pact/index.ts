/**
 * Consumer contracts: what a StartTask caller relies on, written with Pact and compared with the documented contract, which stands for the
 * provider. Nothing of Pact is loaded here: its native part is, where a mock service or a verification is started.
 */
export { checkPact, type PactFinding, type PactReport } from './check.ts'
export {
  type Answered,
  type ConsumerContract,
  consumerContract,
  type ConsumerContractOptions,
  type ExpectedAnswer,
  type Given,
  type Received,
} from './consumer-contract.ts'
export { parsePact, type ReadInteraction, type ReadPact } from './read-pact.ts'
export type { SavedPact } from './pact-store.ts'
