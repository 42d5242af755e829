/** The headers that a recording keeps; every other one is left out, credentials and signatures among them. */
export declare const KEPT_HEADERS: ReadonlySet<string>;
/** Where a value stands, as far as that makes it a secret. */
export type Place = 'anywhere' | 'environment' | 'secret';
/** `environment` holds `{ name, value }`; whoever sends it in another form, as a map for example, has secrets in it all the same. */
export declare function placeMember(name: string, place: Place, member: unknown): Place;
