import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'
import { parse } from 'yaml'

import { createUserProject, type UserProject } from '../cli/projects.ts'
import { runStarttask } from '../cli/starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

interface Step {
  name: string
  uses?: string
  run?: string
  env?: Record<string, string>
}

const workflow: { permissions: unknown; jobs: Record<string, { steps: Step[] }> } = parse(
  read('docs/ci/github-actions.yml'),
)
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
const gitlab: {
  starttask: {
    before_script: string[]
    script: string[]
    variables: Record<string, string>
    artifacts: { paths: string[] }
  }
} = parse(read('docs/ci/gitlab-ci.yml'))

interface Hook {
  id: string
  entry: string
  files: string
  language: string
}

const config: { repos: { repo: string; hooks: Hook[] }[] } = parse(
  read('docs/ci/pre-commit-config.yaml'),
)
const ownHooks: Hook[] = parse(read('.pre-commit-hooks.yaml'))

/** A user's project as `starttask init` leaves it, and a shell in it that has `npx` and `starttask`. */
const createShell = async (): Promise<
  UserProject & {
    sh(line: string, env?: Record<string, string>): { status: number | null; output: string }
  }
> => {
  const project = createUserProject({ scripts: { test: 'node --test' } })
  await runStarttask(['init', '--yes'], { cwd: project.path })
  const bin = join(project.path, 'node_modules/.bin')
  mkdirSync(bin)
  const put = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  put('starttask', `exec '${process.execPath}' '${root}dist/cli/bin.js' "$@"`)
  put('npx', 'while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"')
  put('node', `exec '${process.execPath}' "$@"`)
  const sh = (line: string, env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
      cwd: project.path,
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: project.path, CI: 'true', ...env },
    })
    return { status, output: stdout + stderr }
  }
  return { ...project, sh, [Symbol.dispose]: () => project[Symbol.dispose]() }
}

test(
  'runs every line of the workflow in a project as init leaves it',
  { timeout: 60_000 },
  async () => {
    using shell = await createShell()
    const summary = join(shell.path, 'step-summary.md')
    const lines = steps.flatMap(({ run, env }) =>
      run === undefined || run === 'npm ci' ? [] : [{ run, env }],
    )
    expect(lines.length).toBeGreaterThanOrEqual(6)
    for (const { run, env } of lines) {
      const ended = shell.sh(run, {
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: shell.path,
        GITHUB_STEP_SUMMARY: summary,
        ...env,
      })
      expect({ run, ...ended }).toMatchObject({ run, status: 0 })
    }
    expect(readFileSync(summary, 'utf8')).toMatch(/^### starttask check\n\nIt went well\./)
  },
)

test('fails the workflow where it says that it would', { timeout: 60_000 }, async () => {
  using shell = await createShell()
  const sample = read('recordings/started/page-sample.json')
  const token = ['ghp', 'a1B2c3D4e5F6'.repeat(3)].join('_')
  shell.put('recordings/secret.json', sample.replace('"hello_world"', JSON.stringify(token)))
  shell.put('recordings/departs.json', sample.replace('"PENDING"', '12'))
  const failing = steps.filter(
    ({ run, env }) => run !== undefined && run !== 'npm ci' && shell.sh(run, env).status === 1,
  )
  expect(failing.map(({ name }) => name)).toEqual([
    'Look at the set-up',
    'Look for secrets',
    'Check the recordings',
    'Find what no test plays',
  ])
})

test('pins every action of the workflow to a commit, and asks for no rights', () => {
  const lines = read('docs/ci/github-actions.yml')
    .split('\n')
    .filter((line) => line.includes('uses:'))
  expect(lines.length).toBe(steps.filter(({ uses }) => uses !== undefined).length)
  for (const line of lines)
    expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  expect(workflow.permissions).toEqual({ contents: 'read' })
  for (const { run = '' } of steps) expect(run).not.toContain('${{')
})

test(
  'runs every line of the GitLab job, which leaves its artifacts',
  { timeout: 60_000 },
  async () => {
    using shell = await createShell()
    const { before_script: before, script, variables, artifacts } = gitlab.starttask
    expect(before).toEqual(['npm ci'])
    for (const run of script)
      expect({ run, ...shell.sh(run, variables) }).toMatchObject({ run, status: 0 })
    for (const path of artifacts.paths) expect(existsSync(join(shell.path, path))).toBe(true)
  },
)

/** What a hook does with the files that git has staged, as pre-commit gives them to it. */
const runHook = (shell: Awaited<ReturnType<typeof createShell>>, { entry, files }: Hook) => {
  const staged = execFileSync('git', ['diff', '--cached', '--name-only', '--diff-filter=d', '-z'], {
    cwd: shell.path,
    encoding: 'utf8',
  })
  const given = staged.split('\0').filter((name) => name !== '' && new RegExp(files).test(name))
  const quoted = given.map((name) => `'${name.replaceAll("'", String.raw`'\''`)}'`)
  return { given, ...shell.sh(`${entry} ${quoted.join(' ')}`) }
}

const hooks = [
  ...config.repos.flatMap((repo) => repo.hooks.map((hook) => ({ where: 'recipe', hook }))),
  ...ownHooks.map((hook) => ({ where: 'repository', hook })),
]

test.for(hooks)(
  'runs the hook $hook.id of the $where on what is staged, and on nothing else',
  { timeout: 30_000 },
  async ({ hook }) => {
    using shell = await createShell()
    execFileSync('git', ['init', '-q'], { cwd: shell.path })
    cpSync(
      join(root, 'recordings/started/page-sample.json'),
      join(shell.path, 'recordings/-- a b.json'),
    )
    shell.put('elsewhere.json', '{"x":1}')
    execFileSync('git', ['add', '--', 'recordings', 'elsewhere.json'], { cwd: shell.path })
    const fine = runHook(shell, hook)
    expect(fine).toMatchObject({
      given: ['recordings/-- a b.json', 'recordings/unplaced/agent-disconnected.json'],
      status: 0,
    })
    const token = ['ghp', 'a1B2c3D4e5F6'.repeat(3)].join('_')
    const wrong = read('recordings/started/page-sample.json')
      .replace('"hello_world"', JSON.stringify(token))
      .replace('"PENDING"', '12')
    shell.put('recordings/wrong.json', wrong)
    expect(runHook(shell, hook).status).toBe(0) // it is not staged
    execFileSync('git', ['add', '--', 'recordings'], { cwd: shell.path })
    expect(runHook(shell, hook).status).toBe(1)
  },
)

test('has the same hooks in the recipe and for repositories', () => {
  const [local] = config.repos
  expect(local?.repo).toBe('local')
  expect(
    local?.hooks.map(({ id, entry, files }) => ({
      id,
      entry: entry.replace('npx --no-install ', ''),
      files,
    })),
  ).toEqual(ownHooks.map(({ id, entry, files }) => ({ id, entry, files })))
})

test('runs the hook of git that the page shows', { timeout: 30_000 }, async () => {
  using shell = await createShell()
  const [, line = ''] = /```sh\n(.*)\n```/.exec(read('docs/ci.md')) ?? []
  execFileSync('git', ['init', '-q'], { cwd: shell.path })
  execFileSync('git', ['add', '--', 'recordings'], { cwd: shell.path })
  expect(shell.sh(line)).toMatchObject({
    status: 0,
    output: expect.stringContaining('no secret found in 1 file'),
  })
})

test('links to recipes that are there', () => {
  const links = [...read('docs/ci.md').matchAll(/\]\((?!https:)([^)]+)\)/g)].map(
    ([, link = '']) => link,
  )
  expect(links.length).toBeGreaterThanOrEqual(3)
  for (const link of links) expect(existsSync(join(root, 'docs', link))).toBe(true)
})
