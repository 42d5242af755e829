import type { Bench } from './bench.ts'
import { createAsyncLoop } from './loops.ts'
import { setUpClients } from './record-commands.ts'
import { startTask } from './start-task.ts'

export const bench: Bench = {
  title: 'an SDK v3 call that recordCommands records, against one of a client alone',
  unit: 'µs',
  samplesPerRound: 3,
  setUp: () =>
    setUpClients(
      (client) => createAsyncLoop(() => startTask(client)),
      [
        {
          of: 'captured',
          atMost: 1.15,
          says: 'a captured call takes at most 1.15 times a bare one before writing',
        },
        {
          of: 'recorded',
          atMost: 1.4,
          says: 'a recorded call, redacted and written, takes at most 1.4 times a bare one',
        },
      ],
    ),
}
