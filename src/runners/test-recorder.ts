import { type RecordableClient, recordCommands, type RecordingSession } from '../recorder/index.ts'

/** Records what a test sends to a live service. What is not stopped by the test is stopped at its end. */
export interface TestRecorder {
  /** Where the recording goes. */
  readonly out: string
  /** Records one client of AWS SDK v3: middleware, which patches nothing, so that tests may run at the same time. */
  commands(client: RecordableClient): RecordingSession
  /** Records this process, whatever its HTTP client, from when it resolves: one test at a time. */
  process(): Promise<RecordingSession>
}

/** Creates a test's recorder, and what ends it: it throws what writing throws, and warns of requests that had no end. */
export function createTestRecorder(out: string): {
  recorder: TestRecorder
  stop: () => Promise<void>
} {
  const sessions: RecordingSession[] = []
  const keep = (session: RecordingSession): RecordingSession => {
    sessions.push(session)
    return session
  }
  return {
    recorder: {
      out,
      commands: (client) => keep(recordCommands(client, { out })),
      async process() {
        const { startRecording } = await import('../recorder/session.ts')
        return keep(startRecording({ out }))
      },
    },
    async stop() {
      const reports = await Promise.all(sessions.map((session) => session.stop()))
      const lost = reports.reduce((sum, report) => sum + report.lost, 0)
      if (lost > 0)
        process.emitWarning(
          `${lost} of the requests that a test sent had no end when it did, and are not recorded.\n  recording  ${out}\n  remedy     let the test await what it sends`,
          { type: 'StartTaskRecordingWarning', code: 'STARTTASK_RECORDING_LOST' },
        )
    },
  }
}

/** A file name that a test's name makes: letters, digits and hyphens alone, whatever the name holds. */
export function nameRecording(testName: string): string {
  const name = testName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(-120) // what tells a test from others stands at the end
    .replaceAll(/^-|-$/g, '')
  return `${name === '' ? 'test' : name}.json`
}
