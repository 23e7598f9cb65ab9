import type { Environment, GitAccess, StoryAnswer, StoryRequest } from '../../../src/conformance/index.ts'
import type { VendorId } from '../../../src/options.ts'

export type Spoil = (request: StoryRequest, answer: StoryAnswer, nth: number) => StoryAnswer

/** Something that a server may do wrong during one step, and the check of that step that has to find it. */
export interface Break {
  readonly step: string
  readonly check: string
  /** GitLab unless said. */
  readonly vendor?: VendorId
  /** What becomes of the answers to the step's requests; `nth` counts them from 0. */
  readonly spoil?: Spoil
  /** What git says instead, during the step. */
  readonly git?: (real: GitAccess) => Partial<GitAccess>
  /** What the run has at hand instead. */
  readonly environment?: Partial<Environment>
}

export const status =
  (code: number): Spoil =>
  (_, answer) => ({ ...answer, status: code })

export const body =
  <Body>(change: (body: Body) => unknown): Spoil =>
  (_, answer) => ({ ...answer, body: change(answer.body as Body) })

/** Only of requests whose method and path are like that. */
export const on =
  (pattern: RegExp, spoil: Spoil): Spoil =>
  (request, answer, nth) =>
    pattern.test(`${request.method} ${request.path}`) ? spoil(request, answer, nth) : answer

export const nth =
  (number: number, spoil: Spoil): Spoil =>
  (request, answer, n) =>
    n === number ? spoil(request, answer, n) : answer

/** Requests of GitLab's driver, and of Bitbucket's. */
export const LIST = /^GET \S*\/tags(?:\?|$)/
export const ONE = /^GET \S*\/tags\/[^?]+$/
export const POST = /^POST /
export const DELETE = /^DELETE /

export interface Tag {
  readonly name: string
  readonly message: string
}

export const list = (change: (tags: readonly Tag[]) => readonly unknown[]): Spoil => on(LIST, body(change))

/** The list with nothing of the story's tags. */
export const without = (end: string): Spoil => list((tags) => tags.filter(({ name }) => !name.endsWith(end)))

/** The list with the story's tag once more. */
export const twice = (end: string): Spoil =>
  list((tags) => [...tags, ...tags.filter(({ name }) => name.endsWith(end))])

export const renamed = body<object>((tag) => ({ ...tag, name: 'another' }))
export const MISSING = status(404)

/** An answer to a look-up that shows some tag, although there is none. */
export const phantom: Spoil = (_, answer) => ({
  ...answer,
  status: 200,
  body: { name: 'phantom', message: '', target: 'a', commit: { id: 'a' } },
})
