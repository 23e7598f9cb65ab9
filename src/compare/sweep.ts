import { setTimeout as pause } from 'node:timers/promises'
import { ComparisonError } from './comparison-error.ts'
import type { StoryOptions, Told } from './story.ts'

/** Before each further attempt, milliseconds. */
const PAUSES = [0, 500, 1000, 2000]

/** Takes away tags that a story could not. Throws ComparisonError with the names of those that stay all the same. */
export async function sweep(
  { party, driver }: Told,
  names: readonly string[],
  { say }: StoryOptions,
): Promise<void> {
  let left = [...new Set(names)]
  for (const wait of PAUSES) {
    if (left.length === 0) return
    await pause(wait)
    const stays: string[] = []
    for (const name of left) if (!(await isGone({ party, driver }, name))) stays.push(name)
    left = stays
  }
  if (left.length === 0) return
  const text = `${party.url} still has tags that this run made: ${left.join(', ')}. Delete them by hand.`
  say(text)
  throw new ComparisonError('tags-left', text)
}

async function isGone({ party, driver }: Told, name: string): Promise<boolean> {
  try {
    const request = driver.remove(name)
    const headers = { ...request.headers, ...driver.signIn(callerOf(party)) }
    const { status } = await party.send({ ...request, headers })
    return status === driver.successes.remove || driver.refusals.removeMissing.includes(status)
  } catch {
    return false
  }
}

function callerOf({ credential: { token, username } }: Told['party']) {
  return token === null ? { username } : { token, username }
}
