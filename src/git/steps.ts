import type { Pacer } from './wire/pacer.ts'

/** Work that can be left off after each step and gone on with later. */
export type Steps<Result> = Generator<void, Result>

/** As many items of a long list, of which each takes microseconds, make one step: leaving off costs as much as one of them. */
export const PER_STEP = 32

/** Does all of it at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Does all of it, with breaks for others on the event loop. */
export async function pace<Result>(
  steps: Steps<Result>,
  pacer: Pick<Pacer, 'isDue' | 'rest'>,
): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (pacer.isDue) await pacer.rest()
  }
}
