import { ROLES, type Role, type RuleLevel } from './model.ts'

/** Whether `role` (null: none at all) reaches `needed`. */
export function reaches(role: Role | null, needed: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed)
}

/** The higher of two roles; null counts as none. */
export function higherRole(a: Role | null, b: Role | null): Role | null {
  if (a === null) return b
  return reaches(b, a) ? b : a
}

/** Whether a rule at `level` lets `role` through. */
export function passesLevel(role: Role | null, level: RuleLevel): boolean {
  return level !== 'nobody' && reaches(role, level)
}
