import { reenact, type Reenactment, type RedactedTimeline } from '../../src/incident/index.ts'
import {
  ASKED,
  makeResponse,
  makeError,
  makeExchange,
  makeRecording,
  makeState,
} from './timelines.ts'
import { createUnredactedTimeline } from '../suites/unredacted.ts'

/** What somebody might write into a field in the hope that a reader of the report runs it, loads it, or is misled. */
export const HOSTILE: readonly string[] = [
  '<script>alert("owned")</script>',
  '"><img src="http://evil.invalid/a.png" onerror="alert(1)">',
  "' autofocus onfocus='alert(1)",
  '</style><style>@import "http://evil.invalid/b.css";</style>',
  '</pre></code></details></table></svg><iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<svg onload="alert(1)"><animate onbegin="alert(1)"/></svg>',
  '<a href="javascript:alert(1)">javascript:alert(1)</a>',
  '<meta http-equiv="refresh" content="0;url=http://evil.invalid/">',
  '<!-- --><base href="http://evil.invalid/"><form action="http://evil.invalid/"><button>',
  '\u202e\u2066gnp.exe\u001b]0;owned\u0007\u001b[2J\u0000\u200b',
  '${alert(1)} {{alert(1)}} &lt;script&gt; &#60;b&#62;',
  '@octocat #1 GH-2 https://evil.invalid/x ![i](http://evil.invalid/c.png) [l](javascript:alert(1))',
  '`code` ``more`` | cell | \\| $x$ **bold** <details>\n\n## heading\n| a |\n<https://evil.invalid>',
]

/** An incident with that text in every place that takes text, and enough of it for every part of a report. */
export function makeHostileTimeline(text: string): RedactedTimeline {
  const name = text.replaceAll(/[^\x20-\x7e]/g, '?') // what a header may hold
  const headers = { 'content-type': name, 'x-amz-target': name }
  const body = { ...ASKED, group: text, startedBy: text, [text]: { [text]: text } }
  const request = { headers, body }
  const responses = [
    makeResponse([text], [text]),
    makeResponse([text]),
    makeResponse([], [text]),
    makeError(400, text),
    makeError(500, text),
    { status: 503, headers: { 'content-type': name }, body: null, bodyText: text },
    { failure: 'other', code: text } as const,
  ]
  const exchanges = responses.flatMap((response, index) => [
    {
      ...makeExchange(index * 1000, response),
      invocation: `${text} ${index}`,
      attempt: 1,
      request,
    },
    {
      ...makeExchange(index * 1000 + 500, response),
      invocation: `${text} ${index}`,
      attempt: 2,
      request,
    },
  ])
  const state = {
    lastStatus: text,
    stopCode: text,
    stoppedReason: text,
    group: text,
    startedBy: text,
    taskArn: `arn/${text}`,
  }
  const recording = makeRecording(exchanges, {
    provenance: {
      scenario: text,
      source: text,
      limits: text,
      note: text,
      expectations: { forbid: [text], launches: { atLeast: 99 } },
    },
    taskStateChanges: [
      makeState(0, text, state),
      makeState(700, text, { ...state, lastStatus: 'STOPPED' }),
    ],
  })
  return createUnredactedTimeline([{ name: text, recording }])
}

/** That incident met by code which asks for something else, with that text in it, and throws it. */
export function reenactHostile(
  timeline: RedactedTimeline,
  text: string,
): Promise<Reenactment<void>> {
  return reenact(timeline, async ({ url }) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
    }
    const body = JSON.stringify({ ...ASKED, startedBy: `${text} again`, group: text, [text]: text })
    await fetch(url, { method: 'POST', headers, body })
    throw new Error(text)
  })
}
