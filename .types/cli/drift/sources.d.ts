import { type ContractDocuments, type Model } from '../../contract/index.ts';
/** The SDK's package. */
export declare const SDK = "@aws-sdk/client-ecs";
/** The package's own contracts/: two levels up from src/cli/ and from dist/cli/ alike. */
export declare function readContractDocuments(): ContractDocuments;
/** StartTask as the SDK has it that the working directory's own code would import. Throws `not-found`, and `usage` when it is too old. */
export declare function readInstalledSdk(): Model;
/** StartTask as a model file has it. Throws `not-found`, `too-large`, `too-deep`, `not-json`, and `usage` when it is no model. */
export declare function readModelFile(path: string): Model;
