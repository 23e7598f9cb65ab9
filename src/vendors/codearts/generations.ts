import { type Dialect, flat, keystone, nested } from './answers.ts'

/** The generations of the API that are in use beside one another, by their roots; v3 is IAM's. */
export const dialects = {
  '/v4': flat,
  '/v3': keystone,
  '/v2': nested,
  '/v1': nested,
} as const satisfies Record<string, Dialect>

export type Root = keyof typeof dialects

export function dialectOf(path: string): Dialect {
  const [root] = /^\/v\d(?=\/)/.exec(path) ?? []
  return dialects[root as Root] ?? flat
}
