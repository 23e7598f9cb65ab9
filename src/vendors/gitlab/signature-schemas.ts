import { type Static, Type } from 'typebox'

const Issuer = Type.Object({
  id: Type.Integer(),
  subject: Type.String(),
  subject_key_identifier: Type.String(),
  crl_url: Type.Union([Type.String(), Type.Null()]),
})

export const Certificate = Type.Object({
  id: Type.Integer(),
  subject: Type.String(),
  subject_key_identifier: Type.String(),
  email: Type.String(),
  serial_number: Type.Unsafe<bigint>({ type: 'integer', description: 'of any size' }),
  certificate_status: Type.String(),
  x509_issuer: Issuer,
})

export type Certificate = Static<typeof Certificate>

export const TagSignature = Type.Object({
  signature_type: Type.Enum(['PGP', 'X509', 'SSH']),
  verification_status: Type.Optional(Type.String()),
  x509_certificate: Type.Optional(Type.Union([Certificate, Type.Null()])),
})
export type TagSignature = Static<typeof TagSignature>
