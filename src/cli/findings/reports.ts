import type { ReportForm } from './form.ts'
import { createGithubReport } from './report-github.ts'
import { createRecordReport } from './report-records.ts'
import { createJsonReport } from './report-json.ts'
import { createPlainReport } from './report-plain.ts'
import type { Report } from './report.ts'

export interface ReportOptions {
  isVerbose: boolean
  stream: NodeJS.WriteStream
  env: Readonly<Record<string, string | undefined>>
}

/** A report in the form that was asked for; in GitHub Actions the plain one makes annotations as well. */
export async function createReport(
  form: ReportForm,
  { isVerbose, stream, env }: ReportOptions,
): Promise<Report> {
  const checkout = env['GITHUB_WORKSPACE'] || process.cwd()
  switch (form) {
    case 'records':
      return createRecordReport()
    case 'json':
      return createJsonReport()
    case 'sarif':
      return (await import('./report-sarif.ts')).createSarifReport(process.cwd()) // it loads the catalogue of rules
    case 'github':
      return createGithubReport({ isVerbose, folder: checkout, hasSummary: true })
    case 'plain': {
      const plain = createPlainReport({ isVerbose, stream })
      if (env['GITHUB_ACTIONS'] !== 'true') return plain
      return joinReports(
        plain,
        createGithubReport({ isVerbose, folder: checkout, hasSummary: false }),
      )
    }
  }
}

/** Two reports as one; the first has the last word. */
function joinReports(first: Report, second: Report): Report {
  return {
    add: (document) => first.add(document) + second.add(document),
    end: (summary) => second.end(summary) + first.end(summary),
  }
}
