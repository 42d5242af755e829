/** The operation that this package is about. */
export const START_TASK = 'StartTask'
/** The service half of the `X-Amz-Target` of every ECS request. Source: the API page, Sample Request. */
export const ECS_SERVICE = 'AmazonEC2ContainerServiceV20141113'
/** The whole `X-Amz-Target` of a StartTask request. */
export const START_TASK_TARGET = `${ECS_SERVICE}.${START_TASK}`
/** The cluster that is meant when a request names none. Source: the API page, `cluster`. */
export const DEFAULT_CLUSTER = 'default'
