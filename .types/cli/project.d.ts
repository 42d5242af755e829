import { type JsonObject } from '../protocol/index.ts';
/** The folder of the nearest package.json, from `folder` upwards; `undefined` where there is none. */
export declare function findProjectFolder(folder: string): string | undefined;
/** What a package.json says. Throws `not-json` for one that is no object, with its place. */
export declare function readManifest(file: string): JsonObject;
/** A package as it lies on the disk. */
export interface InstalledPackage {
    name: string;
    version: string;
    /** Its real folder: two links to one folder are one copy. */
    folder: string;
}
/** The package that code in `folder` gets by this name, as Node.js looks for it; `undefined` where it is not installed. */
export declare function locatePackage(folder: string, name: string): InstalledPackage | undefined;
/** The packages that a project's own package.json names, whatever it needs them for. */
export declare function listDependencies(manifest: Readonly<Record<string, unknown>>): Set<string>;
/** The scripts of a package.json, by name. */
export declare function listScripts(manifest: Readonly<Record<string, unknown>>): Map<string, string>;
/** Compares two versions by their numbers: below 0 where the first is older. What follows a `-` does not count. */
export declare function compareVersions(one: string, other: string): number;
/** Whether a version is in a range such as `^3.0.5`: the same first number, and not older. */
export declare function isWithin(version: string, range: string): boolean;
