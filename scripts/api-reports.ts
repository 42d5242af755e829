import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'

import packageJson from '../package.json' with { type: 'json' }
import { ROOT } from './contract-schemas.ts'

/** Writes what each entry point exports into `folder`, one file for each, from the declarations in dist/. */
export function writeApiReports(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const subpath of Object.keys(packageJson.exports)) {
    const name = subpath === '.' ? 'index' : subpath.slice('./'.length)
    if (/[*.]/.test(name)) continue
    const { errorCount } = Extractor.invoke(configure(name, folder), {
      localBuild: true, // writes the report
      typescriptCompilerFolder: undefined,
      messageCallback: (message) => {
        message.handled = message.logLevel !== ExtractorLogLevel.Error
      },
    })
    if (errorCount > 0) throw new Error(`The declarations of ${subpath} cannot be analysed.`)
  }
}

function configure(name: string, folder: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: join(ROOT, 'api-extractor.json'),
    packageJsonFullPath: join(ROOT, 'package.json'),
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, `dist/${name}.d.ts`),
      compiler: { tsconfigFilePath: join(ROOT, "tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  })
}
