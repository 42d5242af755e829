import { type Model } from './model.ts';
export { compareModels, type Drift } from './drift-compare.ts';
export type { DriftFinding, Unchecked } from './drift-finding.ts';
export type { Model } from './model.ts';
export { type ContractDocuments, readContractModel } from './model-contract.ts';
export { readSdkModel } from './model-sdk.ts';
/** Reads a model file's JSON: a `service-2.json`, or a Smithy JSON AST. Throws `usage` when it is neither. */
export declare function readModel(json: unknown, name: string): Model;
