import type { RuleLevel, TagRule } from '../../forge/model.ts'
import type { ProtectedTag } from './protected-tag-schemas.ts'

/** The three levels that GitLab knows for the creation of tags; app/models/concerns/protected_ref_access.rb */
type AccessLevel = 0 | 30 | 40

const DESCRIPTIONS: Readonly<Record<AccessLevel, string>> = {
  0: 'No one',
  30: 'Developers + Maintainers',
  40: 'Maintainers',
}

const LEVELS: Readonly<Record<AccessLevel, RuleLevel>> = { 0: 'nobody', 30: 'developer', 40: 'maintainer' }

export function levelOf(accessLevel: AccessLevel): RuleLevel {
  return LEVELS[accessLevel]
}

/** lib/api/entities/protected_tag.rb. In the free edition a rule has one access level, so that they share an id. */
export function presentProtectedTag({ id, pattern, create }: TagRule): ProtectedTag {
  const level = accessLevelOf(create)
  return {
    name: pattern,
    create_access_levels: [{ id, access_level: level, access_level_description: DESCRIPTIONS[level] }],
  }
}

/** Rules of other levels come from fixtures and other vendors; whoever is below a developer cannot create tags anyway. */
function accessLevelOf(create: RuleLevel): AccessLevel {
  if (create === 'nobody') return 0
  return create === 'maintainer' || create === 'owner' ? 40 : 30
}
