/**
 * One line of the table.
 *
 * @param {object} facts
 * @param {string} facts.what what was measured, and against whom
 * @param {number | { median: number }} facts.ours
 * @param {number | { median: number } | null} [facts.theirs] null: a goal in absolute terms, or nobody to compare with
 * @param {string} facts.unit of `ours` and `theirs`
 * @param {string | null} [facts.goal] `≤ 1.3×` is held against the ratio, `≤ 1 kB` against `ours`, whose unit must be that one
 * @param {'ours/theirs' | 'theirs/ours'} [facts.of] which way round the ratio is
 * @param {string} [facts.note]
 */
export function row({ what, ours, theirs = null, unit, goal = null, of = 'ours/theirs', note }) {
  const mine = figure(ours)
  const others = figure(theirs)
  const facts = { what, ours: mine, theirs: others, unit, ratio: ratioOf(mine, others, of), of, goal }
  return { ...facts, met: judge(facts), ...(note !== undefined && { note }) }
}

/** A line for what could not be measured, with the reason. */
export function absentRow({ what, unit, goal = null, note }) {
  return { what, ours: null, theirs: null, unit, ratio: null, of: 'ours/theirs', goal, met: null, note }
}

/** @returns {{ atMost: boolean, limit: number, unit: string }} of `≤ 1,000 kB`; the unit of a ratio is `×` */
export function parseGoal(goal) {
  const [, sign, limit, unit] = /^([≤≥]) ?([\d,]*\.?\d+) ?(\S+)$/.exec(goal) ?? []
  if (sign === undefined) throw new SyntaxError(`not a goal: ${goal}`)
  return { atMost: sign === '≤', limit: Number(limit.replaceAll(',', '')), unit }
}

/** Whether a row keeps its goal; null when there is nothing to judge. */
export function judge({ ours, ratio, unit, goal }) {
  if (goal === null) return null
  const { atMost, limit, unit: goalUnit } = parseGoal(goal)
  if (goalUnit !== '×' && goalUnit !== unit) throw new SyntaxError(`${goal} says nothing about ${unit}`)
  const value = goalUnit === '×' ? ratio : ours
  if (value === null) return null
  return atMost ? value <= limit : value >= limit
}

function ratioOf(ours, theirs, of) {
  if (ours === null || theirs === null) return null
  return of === 'ours/theirs' ? ours / theirs : theirs / ours
}

function figure(value) {
  return typeof value === 'object' && value !== null ? value.median : value
}
