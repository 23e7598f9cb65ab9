import { body, on } from './break.ts'

/** What the other vendor is asked. */
export const OBSERVED = /^GET \/rest\//
export const observed = <Body>(change: (body: Body) => unknown) => on(OBSERVED, body(change))

export interface ObservedPage {
  readonly values: readonly { readonly displayId: string }[]
}
