import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { type Identity, identifyUser } from '../../forge/identity.ts'
import type { AccessKey } from '../../forge/model.ts'
import { refuseSignature } from './errors.ts'
import type { Quirks } from './quirks.ts'
import { type Claim, readClaim, type SignedRequest, signaturesOf, signingTime } from './sdk-signature.ts'

/** A credential as it was found before the body had come: a signature can only be checked after that. */
export type Credential = { readonly identity: Identity } | { readonly claim: Claim; readonly key: AccessKey }

/** How far the clocks of a client and of the gateway may be apart, milliseconds. */
const TOLERANCE = 15 * 60 * 1000

/**
 * Finds the credential: a signature first, then an IAM token. Nobody is anonymous here, not even before a public project.
 * Throws `credential-missing`, `credential-unknown`, `token-expired`, `token-revoked`, `user-blocked`, and CodeArtsError
 * for an unknown access key.
 */
export function findCredential(request: FastifyRequest): Credential {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const claim = readClaim(authorization) ?? fail('credential-unknown', {})
    return { claim, key: findKey(request.forge, claim) }
  }
  const header = request.headers['x-auth-token']
  const token = Array.isArray(header) ? header[0] : header
  if (!token) return fail('credential-missing', {})
  const identity = request.forge.identifyToken(token)
  // The tokens of CI jobs are another forge's kind.
  return identity.token?.kind === 'personal' ? { identity } : fail('credential-unknown', {})
}

/** Whose credential it is, once the body is here. Throws CodeArtsError for a wrong signature, `user-blocked`. */
export function settle(
  request: FastifyRequest,
  credential: Credential,
  body: Buffer,
  quirks: Quirks,
): Identity {
  if ('identity' in credential) return credential.identity
  const { forge, method, originalUrl: url, headers } = request
  const signed: SignedRequest = { method, url, headers, body }
  const { claim, key } = credential
  const time = signingTime(signed)
  const isRight = signaturesOf(signed, claim, key.secret).some((right) => isSame(right, claim.signature))
  if (time === null || !isRight) return refuseSignature('signature-wrong', 'verify aksk signature fail')
  if (quirks.checksSignatureDate && Math.abs(forge.clock.now() - time) > TOLERANCE)
    return refuseSignature('signature-expired', 'x-sdk-date is out of the allowed range')
  return identifyUser(forge, key.username)
}

function findKey(forge: Forge, { accessKey }: Claim): AccessKey {
  return (
    forge.world.accessKeys.get(accessKey) ?? refuseSignature('access-key-unknown', 'Get secretKey failed')
  )
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
