import { Type } from 'typebox'

const Text = Type.String()
const Signature = Type.Object({
  name: Text,
  email: Text,
  time: Type.Number(),
  offset: Type.Number(),
})
const ObjectKind = Type.Enum(['commit', 'tree', 'blob', 'tag'])
const Armour = Type.Union([Text, Type.Null()])

const Tag = Type.Object({
  name: Text,
  target: Text,
  targetType: ObjectKind,
  annotation: Type.Union([
    Type.Object({
      oid: Text,
      object: Text,
      objectType: ObjectKind,
      name: Text,
      tagger: Type.Union([Signature, Type.Null()]),
      message: Text,
      signature: Armour,
    }),
    Type.Null(),
  ]),
  peeled: Text,
  peeledType: ObjectKind,
  commit: Type.Union([
    Type.Object({
      oid: Text,
      tree: Text,
      parents: Type.Array(Text),
      author: Signature,
      committer: Signature,
      message: Text,
      signature: Armour,
    }),
    Type.Null(),
  ]),
  created: Type.Number(),
})

/** What is remembered of a repository: see tag-index.ts. */
export const Remembered = Type.Object({ phantoms: Type.Array(Tag) })
