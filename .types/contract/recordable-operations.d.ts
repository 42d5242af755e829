/** StartTask and what else is allowed. Throws `usage` for an operation that is never recorded. */
export declare function chooseOperations(allow?: readonly string[]): readonly string[];
/** Whether an operation is refused whatever is allowed. */
export declare function isNeverRecorded(operation: string | undefined): boolean;
/** The ECS operation of a target when it is among those that are recorded. Targets of other services have none. */
export declare function readOperation(target: string | undefined, operations: readonly string[]): string | undefined;
