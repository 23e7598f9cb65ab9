import type { Forge } from '../../forge/forge.ts'
import type { Signature, User } from '../../forge/model.ts'
import type { World } from '../../forge/world.ts'

/** Somebody whom git names, with the account that goes by that e-mail address. */
export interface Person {
  readonly signature: Signature
  readonly user: User | null
}

/** People of a world never change, so each is looked up in one table. */
const tables = new WeakMap<World, ReadonlyMap<string, User>>()

export function personOf(forge: Forge, signature: Signature): Person {
  return { signature, user: byEmail(forge.world).get(signature.email.toLowerCase()) ?? null }
}

function byEmail(world: World): ReadonlyMap<string, User> {
  const known = tables.get(world)
  if (known) return known
  const table = new Map(world.users.map((user) => [user.email.toLowerCase(), user]))
  tables.set(world, table)
  return table
}
