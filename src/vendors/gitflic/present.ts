import type { Forge } from '../../forge/forge.ts'
import type { Tag } from '../../forge/model.ts'
import { gitDate } from './dates.ts'
import { shortMessage } from './messages.ts'
import { type Person, personOf } from './people.ts'
import { DEFAULT_AVATAR } from './present-user.ts'
import type * as schemas from './schemas.ts'

/** A tag and whoever made it; null for a lightweight tag and for an object without a tagger line. */
export interface TagView {
  readonly tag: Tag
  readonly tagger: Person | null
}

export function viewTag(forge: Forge, tag: Tag): TagView {
  const tagger = tag.annotation?.tagger
  return { tag, tagger: tagger ? personOf(forge, tagger) : null }
}

export function presentTag({ tag, tagger }: TagView): schemas.Tag {
  const { name, target, annotation } = tag
  return {
    name,
    fullName: `refs/tags/${name}`,
    objectId: target,
    shortMessage: annotation && shortMessage(annotation.message),
    fullMessage: annotation?.message ?? null,
    // A ref to a tree or a blob leads to no commit; the real forge is not known to show such a tag at all.
    commitId: tag.commit?.oid ?? null,
    personIdent: tagger && presentPerson(tagger),
    lightWeight: annotation === null,
  }
}

export function presentPerson({ signature, user }: Person): schemas.PersonIdent {
  return {
    name: signature.name,
    avatar: user?.avatar ?? DEFAULT_AVATAR,
    emailAddress: signature.email,
    when: gitDate(signature.time),
  }
}
