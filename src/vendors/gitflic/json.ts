/** Compact JSON as Jackson writes it: UTF-8 as it is, nulls written out. */
export function toJson(value: unknown): string {
  return JSON.stringify(value)
}
