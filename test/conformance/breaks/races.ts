import { type Break, DELETE, list, MISSING, ONE, on, POST, phantom, status, twice } from './break.ts'

const MAKE = 'lets one of many make a tag'
const REMOVE = 'lets one of many delete a tag'
const BOTH = 'keeps creations and deletions apart'
const APART = 'lets everybody make a tag of a name of its own'

/** The status of the answers that have another one. */
const instead = (from: number, to: number) =>
  on(POST, (_, answer) => ({ ...answer, status: answer.status === from ? to : answer.status }))

export const races: readonly Break[] = [
  { step: MAKE, check: 'one of them succeeds', spoil: on(POST, status(201)) },
  { step: MAKE, check: 'one of them succeeds', spoil: on(POST, status(400)) },
  { step: MAKE, check: 'the others are refused as duplicates', spoil: instead(400, 500) },
  { step: MAKE, check: 'the tag is the winner’s', spoil: on(ONE, phantom) },
  { step: MAKE, check: 'the tag is the winner’s', spoil: on(ONE, MISSING) },
  { step: MAKE, check: 'the list has it once', spoil: twice('-race') },
  { step: REMOVE, check: 'one of them succeeds', spoil: on(DELETE, status(204)) },
  {
    step: REMOVE,
    check: 'the others are told that it is gone',
    spoil: (_, answer) => (answer.status === 404 ? { ...answer, status: 500 } : answer),
  },
  { step: REMOVE, check: 'a look-up finds nothing', spoil: on(ONE, phantom) },
  { step: BOTH, check: 'a creation succeeds or is a duplicate', spoil: on(POST, status(500)) },
  { step: BOTH, check: 'a deletion succeeds or finds nothing', spoil: on(DELETE, status(409)) },
  { step: BOTH, check: 'what was made and not deleted is there', spoil: on(POST, status(201)) },
  {
    step: BOTH,
    check: 'a look-up agrees with the list',
    spoil: on(ONE, (request, answer, n) => (answer.status === 200 ? MISSING : phantom)(request, answer, n)),
  },
  {
    step: APART,
    check: 'all of them succeed',
    spoil: (_, answer, n) => (n === 3 ? { ...answer, status: 500 } : answer),
  },
  { step: APART, check: 'all of them are listed', spoil: list((tags) => tags.slice(-1)) },
]
