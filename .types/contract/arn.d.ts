/** The parts of an Amazon Resource Name. `resource` is all after the fifth colon. */
export interface Arn {
    partition: string;
    service: string;
    region: string;
    account: string;
    resource: string;
}
/** Reads an ARN; `undefined` when the text is none. */
export declare function parseArn(text: string): Arn | undefined;
/** The text of an ARN. */
export declare function formatArn(arn: Arn): string;
/** A cluster's name, from its name or its ARN. */
export declare function readClusterName(cluster: string): string;
/** `family` or `family:revision`, from either or from the ARN. */
export declare function readTaskDefinitionName(taskDefinition: string): string;
/** A container instance's id, from the id or either form of the ARN (with and without the cluster's name). */
export declare function readContainerInstanceId(containerInstance: string): string;
/** A task's id, from the id or either form of the ARN. */
export declare function readTaskId(task: string): string;
