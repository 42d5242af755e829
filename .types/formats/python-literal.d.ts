/** Values as Python prints them: what debug logs of botocore hold. Read by our own eyes; nothing of it is ever run. */
/** A value that was read, and where the text goes on. */
interface Read<Value> {
    value: Value;
    end: number;
}
/** A string or bytes literal at a place: `'…'`, `"…"`, with `b`, `u` or `r` before it. Bytes come as bytes; `undefined` for anything else. */
export declare function readPythonText(text: string, at: number): Read<Buffer> | undefined;
/** A dictionary of texts, `{'a': b'b', …}`, or `CaseInsensitiveDict({…})` around one; values that are none are left out. */
export declare function readPythonHeaders(text: string): Record<string, string>;
/** The text value of a member somewhere in a printed dictionary: `'body': b'{…}'`. */
export declare function findPythonMember(text: string, name: string): Buffer | undefined;
export {};
