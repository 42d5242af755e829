/**
 * Holds what a listening msw server lets out: requests of npm's undici, of `request` where it was imported by name or kept from before, and
 * what fetch would send on a connection that is older. `undefined` for a request that shall not be answered: it becomes an error. Gives the
 * function that ends it.
 */
export declare function holdRequests(response: (request: Request) => Promise<Response> | undefined): () => void;
