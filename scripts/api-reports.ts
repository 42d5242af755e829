import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor'

import packageJson from '../package.json' with { type: 'json' }
import { ROOT } from './contract-schemas.ts'

const SILENT = { default: { logLevel: ExtractorLogLevel.None } }

/** Writes what each entry point exports into `folder`, one file for each, from the declarations in dist/. */
export function writeApiReports(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const [first, ...others] = listEntryPoints().map((name) => configure(name, folder))
  if (!first) return
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  })
  for (const config of [first, ...others]) {
    const { errorCount } = Extractor.invoke(config, {
      compilerState,
      localBuild: true, // writes the report, where it would otherwise only compare
      messageCallback: (message) => {
        message.handled = message.logLevel !== ExtractorLogLevel.Error
      },
    })
    if (errorCount > 0) throw new Error(`${config.mainEntryPointFilePath} cannot be analysed.`)
  }
}

function listEntryPoints(): string[] {
  return Object.values(packageJson.exports).flatMap((entry) => {
    if (typeof entry === 'string') return []
    const { types } = 'import' in entry ? entry.import : entry
    return types.replace('./dist/', '').replace('.d.ts', '')
  })
}

function configure(name: string, folder: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: join(ROOT, 'api-extractor.json'), // only for messages: there is no such file
    packageJsonFullPath: join(ROOT, 'package.json'),
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, `dist/${name}.d.ts`),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: COMPILER_OPTIONS,
          files: [join(ROOT, 'dist/index.d.ts')],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        extractorMessageReporting: SILENT,
        tsdocMessageReporting: SILENT,
        compilerMessageReporting: SILENT,
      },
    },
  })
}

const COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable', 'dom'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
}
