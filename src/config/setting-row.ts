import type { Options } from '../options.ts'
import type { Reader } from './readers.ts'

/** What is said of a setting; the rest follows from its key. */
export interface Row<Value> {
  readonly value: string
  readonly help: string
  readonly example: string
  readonly absent?: string
  readonly repeatable?: true
  readonly flag?: string
  readonly read: Reader<Value>
}

export type Rows<Keys extends keyof Options> = {
  readonly [Key in Keys]-?: Row<Required<Options>[Key]>
}
