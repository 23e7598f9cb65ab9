import { type Static, Type } from 'typebox'
import { PageQuery } from './page-schemas.ts'

export const FileParams = Type.Object({ id: Type.String(), file_path: Type.String() })

export const GetFile = Type.Object({ ref: Type.String({ allowBlank: false }) })
export const GetRawFile = Type.Object({ ref: Type.Optional(Type.String({ allowBlank: false })) })

const FileFacts = Type.Object({
  file_name: Type.String(),
  file_path: Type.String(),
  size: Type.Integer(),
  encoding: Type.String(),
  content_sha256: Type.String(),
  ref: Type.String(),
  blob_id: Type.String(),
  commit_id: Type.String(),
  last_commit_id: Type.String(),
  execute_filemode: Type.Boolean(),
})
export type FileFacts = Static<typeof FileFacts>

export const File = Type.Object({ ...FileFacts.properties, content: Type.String() })

export const ListTree = Type.Object({
  ref: Type.Optional(Type.String()),
  path: Type.Optional(Type.String()),
  recursive: Type.Boolean({ default: false }),
  ...PageQuery.properties,
})

export const Tree = Type.Array(
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    type: Type.Enum(['tree', 'blob', 'commit']),
    path: Type.String(),
    mode: Type.String(),
  }),
)
