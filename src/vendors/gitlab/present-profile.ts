import type { User } from '../../forge/model.ts'
import { utcDate } from './dates.ts'
import { presentUserBasic } from './present-user.ts'
import type * as schemas from './user-schemas.ts'

/** lib/api/entities/user.rb */
export function presentProfile(user: User, base: string): schemas.UserProfile {
  return {
    ...presentUserBasic(user, base),
    created_at: utcDate(user.createdAt),
    bio: '',
    location: '',
    public_email: '',
    website_url: '',
    organization: '',
    job_title: '',
    bot: false,
    work_information: null,
    followers: 0,
    following: 0,
  }
}

/** lib/api/entities/user_public.rb; `is_admin` is there for administrators' eyes only. */
export function presentPrivate(user: User, base: string, viewer: User): schemas.UserPrivate {
  return {
    ...presentProfile(user, base),
    last_sign_in_at: null,
    confirmed_at: utcDate(user.createdAt),
    last_activity_on: null,
    email: user.email,
    theme_id: 1,
    color_scheme_id: 1,
    projects_limit: 100_000,
    current_sign_in_at: null,
    identities: [],
    can_create_group: true,
    can_create_project: true,
    two_factor_enabled: false,
    external: false,
    private_profile: false,
    commit_email: user.email,
    ...(viewer.admin && { is_admin: user.admin }),
  }
}
