import type { Forge } from '../../forge/forge.ts'

/** Shorter ones would blot out half of every text that they happen to occur in. */
const SHORTEST = 4

/** Every value that lets somebody in, or that signs something, in a forge as it is now. */
export function secretsOf(forge: Forge): ReadonlySet<string> {
  const { users, tokens, accessKeys, specs } = forge.world
  const hooks = [...specs, ...forge.openProjects].flatMap(({ webhooks }) => webhooks)
  const values = [
    ...users.map(({ password }) => password),
    ...tokens.keys(),
    ...[...forge.issuedTokens].map(({ value }) => value),
    ...[...accessKeys.values()].map(({ secret }) => secret),
    ...hooks.map(({ secret }) => secret),
  ]
  return new Set(values.filter((value): value is string => value !== null && value.length >= SHORTEST))
}
