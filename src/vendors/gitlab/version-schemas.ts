import { Type } from 'typebox'

const NullableText = Type.Union([Type.String(), Type.Null()])

export const Version = Type.Object({
  version: Type.String(),
  revision: Type.String(),
  kas: Type.Optional(
    Type.Object({
      enabled: Type.Boolean(),
      externalUrl: NullableText,
      externalK8sProxyUrl: NullableText,
      version: NullableText,
    }),
  ),
  enterprise: Type.Optional(Type.Boolean()),
})
