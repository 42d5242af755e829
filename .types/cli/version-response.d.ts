/** Answers `--version`, in a file of its own: the command library alone takes half as long again as Node.js does to start. */
export declare function printVersion(): void;
