/** The media type of AWS JSON 1.1 bodies. */
export declare const AWS_JSON = "application/x-amz-json-1.1";
/** The two halves of an `X-Amz-Target` header. */
export interface Target {
    service: string;
    operation: string;
}
/** Reads `Service.Operation`; `undefined` when the header is absent or has another form. */
export declare function parseTarget(header: string | undefined): Target | undefined;
/** Whether a `Content-Type` names AWS JSON; parameters such as `; charset=utf-8` do not matter. */
export declare function isAwsJson(contentType: string | undefined): boolean;
/** Header names in lower case, values joined as HTTP joins them. Accepts fetch's `Headers`, a record, or Node's incoming headers. */
export declare function normaliseHeaders(headers: Headers | Record<string, string | string[] | undefined>): Record<string, string>;
