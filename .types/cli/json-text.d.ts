/**
 * JSON on one line, safe to print: JSON leaves C1 and bidirectional controls as they are, and in a log of GitHub Actions `##[` begins a command
 * wherever it stands.
 */
export declare function formatJson(value: unknown): string;
