import { type JsonObject } from '../protocol/index.ts';
import { type Model } from './model.ts';
/** The documents of contracts/start-task/, parsed. */
export interface ContractDocuments {
    request: JsonObject;
    requestOverlay: JsonObject;
    response: JsonObject;
    responseOverlay: JsonObject;
    errors: JsonObject;
}
/**
 * The documented contract as a model: the page's schemas with the overlay laid over them. Each fact keeps where it stands, since a departure
 * from the page weighs more than one from the overlay. Throws `usage` when a document is none of contracts/start-task/.
 */
export declare function readContractModel(documents: ContractDocuments): Model;
