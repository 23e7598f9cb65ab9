import fc from 'fast-check'
import { afterEach, expect } from 'vitest'
import { misfits, watchAnswers } from './openapi/watch-answers.ts'

/**
 * Generated cases are the same in every run, so that a red run means a change and can be repeated; to look for new ones,
 * name another seed: `SEED=$RANDOM npm test`.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 2024) })

// Whatever a test is about, what a vendor answers in it has to be as its OpenAPI document says.
watchAnswers()
afterEach(async () => {
  expect(await misfits()).toEqual([])
})
