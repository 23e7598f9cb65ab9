import type { LineMarks } from './line-marks.ts'

/** A run of marked lines, perhaps an empty one between two lines that are not: `end` is exclusive. */
interface Group {
  start: number
  end: number
}

/**
 * The groups of marked lines of one text, walked in step with those of the other: both have the same number of them, as
 * both have the same number of lines that are not marked.
 */
class GroupWalk {
  readonly #lines: Int32Array
  readonly #marks: Uint8Array
  readonly group: Group = { start: 0, end: 0 }

  constructor(lines: Int32Array, marks: Uint8Array) {
    this.#lines = lines
    this.#marks = marks
    this.#growDown()
  }

  get size(): number {
    return this.group.end - this.group.start
  }

  forward(): boolean {
    const { group } = this
    if (group.end >= this.#lines.length) return false
    group.start = group.end = group.end + 1
    this.#growDown()
    return true
  }

  back(): void {
    const { group } = this
    group.start = group.end = group.start - 1
    this.#growUp()
  }

  /** Moves the group one line down where that says the same, swallowing a group that it meets. */
  slideDown(): boolean {
    const { group } = this
    if (group.end >= this.#lines.length || this.#lines[group.start] !== this.#lines[group.end]) return false
    this.#marks[group.start++] = 0
    this.#marks[group.end++] = 1
    this.#growDown()
    return true
  }

  slideUp(): boolean {
    const { group } = this
    if (group.start === 0 || this.#lines[group.start - 1] !== this.#lines[group.end - 1]) return false
    this.#marks[--group.start] = 1
    this.#marks[--group.end] = 0
    this.#growUp()
    return true
  }

  #growDown(): void {
    while (this.#marks[this.group.end]) this.group.end++
  }

  #growUp(): void {
    while (this.group.start > 0 && this.#marks[this.group.start - 1]) this.group.start--
  }
}

/**
 * Moves changes to where git shows them. A change among repeated lines can be told in several ways: it is put beside a
 * change of the other text when it can be, else as far down as it goes, and joined with what it meets on its way.
 */
export function settleChanges(a: Int32Array, b: Int32Array, { removed, added }: LineMarks): void {
  settle(new GroupWalk(a, removed), new GroupWalk(b, added))
  settle(new GroupWalk(b, added), new GroupWalk(a, removed))
}

function settle(walk: GroupWalk, other: GroupWalk): void {
  do {
    if (walk.size > 0) settleGroup(walk, other)
    other.forward()
  } while (walk.forward())
}

function settleGroup(walk: GroupWalk, other: GroupWalk): void {
  let size: number
  let highest: number
  let meeting: boolean
  do {
    size = walk.size
    meeting = false
    while (walk.slideUp()) other.back()
    highest = walk.group.end
    meeting = other.size > 0
    while (walk.slideDown()) {
      other.forward()
      if (other.size > 0) meeting = true
    }
  } while (size !== walk.size)
  if (walk.group.end === highest || !meeting) return
  while (other.size === 0) {
    walk.slideUp()
    other.back()
  }
}
