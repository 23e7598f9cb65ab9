import type { Steps } from '../steps.ts'
import type { MovingRef, PushRules, PushVerdict } from './push-rules.ts'

/** As many changes are judged in about a millisecond. */
const PART = 500

/** The verdict about a push. Where there is nothing against it, as nearly always, that is found out a part at a time. */
export function* judgeInParts(
  rules: PushRules,
  changes: readonly MovingRef[],
  options: readonly string[],
): Steps<PushVerdict> {
  if (changes.length <= PART) return rules.judge(changes, options)
  for (let at = 0; at < changes.length; at += PART) {
    const { refused, messages } = rules.judge(changes.slice(at, at + PART), options)
    if (refused.size > 0 || messages.length > 0) return rules.judge(changes, options)
    yield
  }
  return { refused: new Map(), messages: [] }
}
