import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'

import { build as buildWithEsbuild, type Format } from 'esbuild'
import { build as buildWithVite } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import webpack from 'webpack'

import { type Packed, packPackage, type Project } from './packed.ts'

const PROGRAM = `import { checkRequest, HarnessError, parseRecording } from 'starttask-harness'
const rules = checkRequest({ containerInstances: [1] }).map(({ rule }) => rule)
try { parseRecording('{}') } catch (error) { console.log(error instanceof HarnessError) }
console.log(rules.join('\\n'))
`

let packed: Packed
let project: Project

beforeAll(async () => {
  packed = await packPackage()
  project = packed.createProject('bundled')
  project.write('package.json', '{"type":"module"}')
  project.write('program.js', PROGRAM)
  const { code, output } = await project.run(`npm install '${packed.tarball}'`)
  if (code !== 0) throw new Error(output)
})
afterAll(() => packed[Symbol.asyncDispose]())

const BUNDLERS: readonly { name: string; bundle: (out: string) => Promise<unknown> }[] = [
  { name: 'esbuild, ESM', bundle: (out) => runEsbuild('esm', join(out, 'main.mjs')) },
  { name: 'esbuild, CommonJS', bundle: (out) => runEsbuild('cjs', join(out, 'main.cjs')) },
  { name: 'vite with ssr.noExternal', bundle: runVite },
  { name: 'webpack', bundle: runWebpack },
]

test.for(BUNDLERS)('runs a program that $name made of the main entry point', async ({ bundle }) => {
  const out = mkdtempSync(join(tmpdir(), 'starttask-bundle-'))
  try {
    await bundle(out)
    const [main = ''] = readdirSync(out).filter((file) => file.startsWith('main.'))
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(out, main)], {
      cwd: out,
      encoding: 'utf8',
    })
    const expected = await project.run('node program.js')
    expect(expected.output).toContain('request.')
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: expected.output, stderr: '' })
  } finally {
    rmSync(out, { recursive: true })
  }
})

function runEsbuild(format: Format, outfile: string): Promise<unknown> {
  return buildWithEsbuild({
    absWorkingDir: project.folder,
    entryPoints: ['program.js'],
    bundle: true,
    platform: 'node',
    format,
    outfile,
    logLevel: 'error',
  })
}

function runVite(outDir: string): Promise<unknown> {
  return buildWithVite({
    root: project.folder,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      rollupOptions: {
        input: join(project.folder, 'program.js'),
        output: { entryFileNames: 'main.mjs' },
      },
    },
  })
}

function runWebpack(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        target: 'node22',
        context: project.folder,
        entry: './program.js',
        output: { path, filename: 'main.cjs' },
      },
      (error, stats) => {
        if (error) reject(error)
        else if (stats?.hasErrors()) reject(new Error(stats.toString()))
        else resolve(stats)
      },
    )
  })
}
