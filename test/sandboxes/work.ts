import fc from 'fast-check'
import { faces, type User } from './faces/index.ts'
import { NAMES } from './world.ts'

/** What a push puts under a name: a commit, the tag object that points at it, or nothing, which is a deletion. */
export interface PushedTag {
  readonly name: string
  readonly source: { readonly commit: number; readonly annotated: boolean } | null
}

/** One piece of work. `face` and `commit` are positions in the lists of vendors and of commits. */
export type Work =
  | {
      readonly kind: 'create'
      face: number
      user: User
      name: string
      commit: number
      message: string | null
    }
  | { readonly kind: 'remove'; face: number; user: User; name: string }
  | { readonly kind: 'find'; face: number; name: string }
  | { readonly kind: 'list'; face: number; size: number }
  | { readonly kind: 'protect'; isProtected: boolean }
  | { readonly kind: 'push'; user: User; updates: readonly PushedTag[] }

export type WorkOf<Kind extends Work['kind']> = Extract<Work, { kind: Kind }>

const name = fc.constantFrom(...NAMES)
const face = fc.nat({ max: faces.length - 1 })
const user = fc.constantFrom<User>('mia', 'dee')
const commit = fc.nat({ max: 3 })
const message = fc.option(fc.constantFrom('One', 'Two words', 'First line\n\nand more', 'Выпуск №1'), {
  freq: 2,
})
const source = fc.option(fc.record({ commit, annotated: fc.boolean() }), { freq: 3 })
const size = fc.constantFrom(5, 9, 20, 24, 50)
const updates = fc.uniqueArray(fc.record({ name, source }), {
  minLength: 1,
  maxLength: 4,
  selector: (update) => update.name,
})

const create = fc.record({ kind: fc.constant('create' as const), face, user, name, commit, message })
const remove = fc.record({ kind: fc.constant('remove' as const), face, user, name })
const find = fc.record({ kind: fc.constant('find' as const), face, name })
const list = fc.record({ kind: fc.constant('list' as const), face, size })
const protect = fc.record({
  kind: fc.constant('protect' as const),
  isProtected: fc.constantFrom(true, true, true, false),
})
const push = fc.record({ kind: fc.constant('push' as const), user, updates })

/** Random work through the vendors' APIs. */
export const apiWork: fc.Arbitrary<Work[]> = fc.array(
  fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Work> }[]>(
    { weight: 7, arbitrary: create },
    { weight: 4, arbitrary: remove },
    { weight: 2, arbitrary: find },
    { weight: 1, arbitrary: list },
    { weight: 2, arbitrary: protect },
  ),
  { minLength: 10, maxLength: 24, size: 'max' },
)

/** Random work through the vendors' APIs and git. Starting git takes long, so there is little of that. */
export const gitWork: fc.Arbitrary<Work[]> = fc
  .tuple(apiWork, fc.array(fc.tuple(push, fc.nat()), { minLength: 2, maxLength: 3 }))
  .map(([works, pushes]) =>
    pushes.reduce<Work[]>((mixed, [one, at]) => mixed.toSpliced(at % mixed.length, 0, one), works),
  )

/** A piece of work in one line, for whoever has to find out what went wrong. */
export function describeWork(work: Work): string {
  const { kind, ...details } = work
  const vendor = 'face' in work ? `${faces[work.face]?.vendor} ` : ''
  return `${vendor}${kind} ${JSON.stringify({ ...details, face: undefined })}`
}
