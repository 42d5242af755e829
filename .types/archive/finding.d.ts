/** What is wrong with an archive, and where. What is whole is served all the same. */
export interface ArchiveFinding {
    rule: 'archive.line' | 'archive.sum' | 'archive.cut' | 'archive.frame' | 'archive.grown' | 'archive.index';
    /** From 1; absent where no line is meant. */
    line?: number;
    /** Bytes from the beginning of the file; in a compressed one, of the file for frames and of what is in it for lines. */
    offset: number;
    message: string;
}
