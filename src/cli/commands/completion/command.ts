import { argument } from '../../options/option.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'completion',
  summary: 'Print a completion script for your shell',
  details: 'docs/cli.md describes how to install it.',
  arguments: {
    shell: argument('shell', 'Shell that loads the script', { choices: ['bash', 'zsh', 'fish'] }),
  },
  options: {},
  examples: [
    'eval "$(starttask completion bash)"',
    'starttask completion zsh > "${fpath[1]}/_starttask"',
    'starttask completion fish > ~/.config/fish/completions/starttask.fish',
  ],
  run: async ({ shell }, loadAll) =>
    (await import('./completion.ts')).completion(shell, await loadAll()),
})
