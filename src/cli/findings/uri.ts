import { isAbsolute, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A file as seen from a folder, with `/` between its parts; the whole path where it lies elsewhere. */
export function formatRelativePath(file: string, folder: string): string {
  const path = relative(folder, resolve(file))
  const isElsewhere = isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`)
  return (isElsewhere ? resolve(file) : path).split(sep).join('/')
}

/** A file as a URI: relative to the folder that it lies in at any depth, else `file:`. Standard input is `-`. */
export function formatFileUri(file: string, folder: string): string {
  if (file === '-') return file
  const path = formatRelativePath(file, folder).toWellFormed()
  return path.startsWith('/') || isAbsolute(path)
    ? pathToFileURL(path).href
    : path.split('/').map(encodeURIComponent).join('/')
}
