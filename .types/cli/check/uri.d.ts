/** A file as seen from a folder, with `/` between its parts; the whole path where it lies elsewhere. */
export declare function formatRelativePath(file: string, folder: string): string;
/** A file as a URI: relative to the folder that it lies in at any depth, else `file:`. Standard input is `-`. */
export declare function formatFileUri(file: string, folder: string): string;
