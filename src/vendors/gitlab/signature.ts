import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Forge } from '../../forge/forge.ts'
import { getTag } from '../../forge/tags.ts'
import { message, refuse } from './errors.ts'
import { toJsonWithIntegers } from './json.ts'
import type { Profile } from './profiles.ts'
import { TagParams } from './schemas.ts'
import { type Certificate, TagSignature } from './signature-schemas.ts'
import { type CertificateFacts, readSigner } from './x509.ts'

/** Row ids of certificates and issuers, in the order in which a forge gets to see them. */
const seen = new WeakMap<Forge, Map<string, number>>()

/** https://docs.gitlab.com/api/tags/#get-x509-signature-of-a-tag, since 15.7. */
export function registerSignature(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  app.get(
    '/projects/:id/repository/tags/:tag_name/signature',
    {
      config: { operation: 'gitlab.getTagSignature', gitlab: { needs: 'code' } },
      schema: { params: TagParams, response: { 200: TagSignature } },
    },
    async ({ gitlabProject: project, params }, reply) => {
      const signature = getTag(project, params.tag_name).annotation?.signature
      if (!signature) return refuse('signature-missing', message(404, unsigned(profile)))
      reply.serializer(toJsonWithIntegers).type('application/json')
      return presentSignature(signature, project.forge)
    },
  )
}

/** The documentation prints a text that servers do not send. */
function unsigned({ isDocumented }: Profile): string {
  return isDocumented ? '404 GPG Signature Not Found' : '404 Signature Not Found'
}

/** Certificates are trusted by nobody here, and so remain unverified. */
function presentSignature(signature: string, forge: Forge): TagSignature {
  const signature_type = typeOf(signature)
  if (signature_type !== 'X509') return { signature_type }
  const signer = readSigner(signature)
  return {
    signature_type,
    verification_status: 'unverified',
    x509_certificate: signer && presentCertificate(signer, forge),
  }
}

function typeOf(signature: string): TagSignature['signature_type'] {
  if (signature.startsWith('-----BEGIN SSH ')) return 'SSH'
  return signature.startsWith('-----BEGIN SIGNED ') ? 'X509' : 'PGP'
}

/** lib/api/entities/x509_certificate.rb */
function presentCertificate(signer: CertificateFacts, forge: Forge): Certificate {
  const { issuer } = signer
  return {
    id: idOf(forge, 'certificate', `${issuer.subjectKeyIdentifier} ${signer.serial}`),
    subject: signer.subject,
    subject_key_identifier: signer.subjectKeyIdentifier,
    email: signer.email,
    serial_number: signer.serial,
    certificate_status: 'good',
    x509_issuer: {
      id: idOf(forge, 'issuer', issuer.subjectKeyIdentifier),
      subject: issuer.subject,
      subject_key_identifier: issuer.subjectKeyIdentifier,
      crl_url: issuer.crlUrl,
    },
  }
}

function idOf(forge: Forge, kind: 'certificate' | 'issuer', key: string): number {
  const ids = seen.get(forge) ?? new Map<string, number>()
  seen.set(forge, ids)
  const known = ids.get(`${kind} ${key}`)
  if (known !== undefined) return known
  const id = [...ids.keys()].filter((name) => name.startsWith(kind)).length + 1
  ids.set(`${kind} ${key}`, id)
  return id
}
