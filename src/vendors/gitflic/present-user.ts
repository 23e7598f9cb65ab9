import type { User } from '../../forge/model.ts'
import type * as schemas from './project-schemas.ts'

/** What everybody without a picture has; relative to the site. */
export const DEFAULT_AVATAR = '/static/image/avatar.jpg'

export function presentUser(user: User): schemas.User {
  const { name, surname } = splitName(user.name)
  return {
    id: user.uuid,
    username: user.username,
    name,
    surname,
    fullName: user.name,
    avatar: user.avatar ?? DEFAULT_AVATAR,
    cover: null,
  }
}

export function presentMe(user: User): schemas.Me {
  const { id, username, name, surname, ...rest } = presentUser(user)
  return { id, username, name, surname, email: user.email, ...rest }
}

/** Accounts have a first and a last name, ours have one name: all after the first word is the last name. */
function splitName(fullName: string): { name: string; surname: string } {
  const [name = '', ...surname] = fullName.split(' ')
  return { name, surname: surname.join(' ') }
}
