import { afterAll, expect, inject, test } from 'vitest'

import { createProjects } from '../docs/project.ts'
import { listRunning, runPage } from '../docs/run-page.ts'

const projects = createProjects()
afterAll(() => projects[Symbol.dispose]())

test.concurrent.for(listRunning('slow'))('prints what $name shows', async (page) => {
  expect(await runPage(page, projects, inject('programs'))).toBeUndefined()
})
