/** The operation that this package is about. */
export declare const START_TASK = "StartTask";
/** The service half of the `X-Amz-Target` of every ECS request. Source: the API page, Sample Request. */
export declare const ECS_SERVICE = "AmazonEC2ContainerServiceV20141113";
/** The whole `X-Amz-Target` of a StartTask request. */
export declare const START_TASK_TARGET = "AmazonEC2ContainerServiceV20141113.StartTask";
/**
 * Whether a request without an X-Amz-Target is for ECS all the same: by the path of Smithy's RPC v2, or by what it is signed for. So are those
 * of protocols that nothing here records or replays.
 */
export declare function namesEcsOtherwise(url: string, authorization: string | null | undefined): boolean;
/** The cluster that is meant when a request names none. Source: the API page, `cluster`. */
export declare const DEFAULT_CLUSTER = "default";
