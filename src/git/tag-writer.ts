import { fail } from '../failure.ts'
import type { Oid, Signature } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { readTargetType } from './peeling.ts'
import { checkTagName } from './ref-name.ts'
import { tidyIdentity } from './signature.ts'
import { encodeTag } from './tag-codec.ts'

export interface NewTagObject {
  readonly name: string
  readonly target: Oid
  readonly tagger: Signature
  readonly message: string
}

/** As Repository.createTagObject. */
export function writeTagObject(objects: ObjectStore, { name, target, tagger, message }: NewTagObject): Oid {
  const rule = checkTagName(name)
  if (rule !== null) fail('ref-name-invalid', { name, rule })
  const objectType = readTargetType(objects, target)
  const tidy = { ...tagger, name: tidyIdentity(tagger.name), email: tidyIdentity(tagger.email) }
  return objects.write(
    'tag',
    encodeTag({ object: target, objectType, name, tagger: tidy, message, signature: null }),
  )
}
