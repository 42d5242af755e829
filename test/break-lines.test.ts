import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { breakLines } from '../scripts/break-lines.ts'

test('gives each statement and class member a line', () => {
  const code =
    'const a=1;function f(){let b=2;if(b)return b;throw a}class C{x=1;static{f()}m(){return 1}}switch(a){case 1:f();break}'
  expect(breakLines('x.js', code).split('\n')).toEqual([
    'const a=1;',
    'function f(){',
    'let b=2;',
    'if(b)return b;',
    'throw a}',
    'class C{',
    'x=1;',
    'static{',
    'f()}',
    'm(){',
    'return 1}}',
    'switch(a){case 1:',
    'f();',
    'break}',
  ])
})

test('changes nothing but lines, and leaves texts alone', () => {
  const code = 'const t=`a;\nb;${(()=>{return 1})()}`,s="x;y";export{t,s};'
  const broken = breakLines('x.js', code)
  expect(broken.replaceAll('{\nreturn', '{return').replace(';\nexport', ';export')).toBe(code)
})

test('leaves no file of the package on few lines', () => {
  const lines = readFileSync(new URL('../dist/replayer/index.js', import.meta.url), 'utf8').split(
    '\n',
  )
  expect(lines.length).toBeGreaterThan(500)
})
