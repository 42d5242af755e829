/** This package's version, as package.json says; a test holds the two together. */
export declare const VERSION = "0.1.0";
