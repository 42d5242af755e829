import { pathToFileURL } from 'node:url'

const FOLDER = pathToFileURL(`${import.meta.dirname}/node_modules/`).href

/**
 * A peer as bench/package.json pins it; `undefined` when it is not installed. Another copy further up, which some tool brought along, does
 * not count.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- its types are there only when it is installed: whoever loads it says what it uses
export async function loadPeer(specifier: string): Promise<any> {
  const place = resolve(specifier)
  return place?.startsWith(FOLDER) ? await import(place) : undefined
}

function resolve(specifier: string): string | undefined {
  try {
    return import.meta.resolve(specifier)
  } catch {
    return undefined
  }
}

/** The built entry point, as its users import it. */
export const ENTRY_POINT = new URL('../dist/index.js', import.meta.url).href
