import type { Role } from '../../forge/model.ts'

/** Gitlab::Access */
export const ACCESS_LEVELS: Readonly<Record<Role, number>> = {
  guest: 10,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
}

/** Whether a role is at least at an access level; nobody is at none. */
export function isAtLevel(role: Role | null, level: number): boolean {
  return role !== null && ACCESS_LEVELS[role] >= level
}
