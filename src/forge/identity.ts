import { timingSafeEqual } from 'node:crypto'
import { fail } from '../failure.ts'
import type { Forge } from './forge.ts'
import type { Token, User } from './model.ts'

/** Who is asking: nobody, a user, or a user through a token that may do less than the user. */
export interface Identity {
  readonly user: User | null
  readonly token: Token | null
}

export const ANONYMOUS: Identity = { user: null, token: null }

/** Throws `credential-unknown`, `token-expired`, `token-revoked` or `user-blocked`. */
export function identifyToken(forge: Forge, value: string): Identity {
  const token = forge.token(value) ?? fail('credential-unknown', {})
  if (token.state === 'revoked') fail('token-revoked', {})
  const isOver = token.expiresAt !== undefined && token.expiresAt <= forge.clock.now()
  if (token.state === 'expired' || isOver) fail('token-expired', {})
  return { user: activeUser(forge, token.username), token }
}

/** Throws `credential-unknown` or `user-blocked`. */
export function identifyPassword(forge: Forge, username: string, password: string): Identity {
  const user = forge.user(username)
  if (!user || user.password === null || !isSame(user.password, password)) fail('credential-unknown', {})
  return { user: activeUser(forge, user.username), token: null }
}

/** Somebody who has proved to be a user in a vendor's own way. Throws `credential-unknown` or `user-blocked`. */
export function identifyUser(forge: Forge, username: string): Identity {
  return { user: activeUser(forge, username), token: null }
}

function activeUser(forge: Forge, username: string): User {
  const user = forge.user(username) ?? fail('credential-unknown', {})
  return user.blocked ? fail('user-blocked', { user: user.username }) : user
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** An identity that is known to be somebody. Throws `credential-missing` for nobody. */
export function signedIn(identity: Identity): Identity & { readonly user: User } {
  const { user, token } = identity
  return user ? { user, token } : fail('credential-missing', {})
}
