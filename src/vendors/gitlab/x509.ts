import { X509Certificate } from 'node:crypto'
import { type Element, find, inside, NotDer, readElements, readInteger, TAG } from './der.ts'

/** What GitLab keeps of the certificate that a tag was signed with. */
export interface CertificateFacts {
  /** RFC 2253: `CN=ada@example.test,O=Example`. */
  readonly subject: string
  readonly subjectKeyIdentifier: string
  readonly email: string
  readonly serial: bigint
  readonly issuer: {
    readonly subject: string
    readonly subjectKeyIdentifier: string
    readonly crlUrl: string | null
  }
}

/** Extensions by object identifier, in hexadecimal DER: 2.5.29.14, .35, .17, .31. */
const EXTENSION = { subjectKey: '551d0e', authorityKey: '551d23', names: '551d11', crl: '551d1f' } as const
/** Context-specific tags, primitive and constructed. */
const CONTEXT = { primitive: 0x80, constructed: 0xa0 } as const
const EMAIL = CONTEXT.primitive | 1
const URI = CONTEXT.primitive | 6
const CONSTRUCTED = 0x20
const DEEPEST = 8
const EXTENSIONS = CONTEXT.constructed | 3

/**
 * The signer's certificate in a `SIGNED MESSAGE` block (CMS, RFC 5652). Null when the block cannot be read, or when the
 * certificate lacks what GitLab demands: both key identifiers and an e-mail address among its names.
 */
export function readSigner(armored: string): CertificateFacts | null {
  try {
    const der = signerCertificate(Buffer.from(armored.replace(/-----[^-]*-----/g, ''), 'base64'))
    return factsOf(der)
  } catch (error) {
    // node:crypto reports a broken certificate with an error of OpenSSL's.
    if (error instanceof NotDer || (error as NodeJS.ErrnoException).code?.startsWith('ERR_OSSL')) return null
    throw error
  }
}

/** ContentInfo → SignedData → the certificate with the first signer's serial number. */
function signerCertificate(cms: Buffer): Buffer {
  const contentInfo = inside(readElements(cms), TAG.sequence)
  const signedData = inside(inside(contentInfo, CONTEXT.constructed), TAG.sequence)
  const certificates = inside(signedData, CONTEXT.constructed)
  const signers = readElements(lastSet(signedData).content)
  const serial = serialOf(inside(signers, TAG.sequence))
  const found = certificates.find((certificate) => serialOfCertificate(certificate) === serial)
  const chosen = found ?? certificates[0]
  if (!chosen) throw new NotDer('no certificate')
  return chosen.whole
}

function lastSet(elements: readonly Element[]): Element {
  return find([...elements].reverse(), TAG.set)
}

/** Null for a signer that is named by its key instead. */
function serialOf(signer: readonly Element[]): bigint | null {
  const name = signer.find((element) => element.tag === TAG.sequence)
  const serial = name ? readElements(name.content).find((element) => element.tag === TAG.integer) : undefined
  return serial ? readInteger(serial) : null
}

function serialOfCertificate(certificate: Element): bigint {
  return readInteger(find(inside(readElements(certificate.content), TAG.sequence), TAG.integer))
}

/** The value of each extension, by the hexadecimal of its object identifier. */
function extensionsOf(der: Buffer): ReadonlyMap<string, Element> {
  const certificate = inside(readElements(der), TAG.sequence)
  const body = inside(certificate, TAG.sequence)
  const list = body.find((element) => element.tag === EXTENSIONS)
  if (!list) return new Map()
  return new Map(
    inside(readElements(list.content), TAG.sequence).map((extension): [string, Element] => {
      const parts = readElements(extension.content)
      const [value] = readElements(parts.at(-1)?.content ?? Buffer.alloc(0))
      if (!value) throw new NotDer('an empty extension')
      return [find(parts, TAG.oid).content.toString('hex'), value]
    }),
  )
}

function factsOf(der: Buffer): CertificateFacts | null {
  const certificate = new X509Certificate(der)
  const extensions = extensionsOf(der)
  const own = extensions.get(EXTENSION.subjectKey)
  const authority = extensions.get(EXTENSION.authorityKey)
  const authorityKey = authority && deepFind(authority, CONTEXT.primitive)
  const names = extensions.get(EXTENSION.names)
  const email = names && deepFind(names, EMAIL)
  if (!own || !authorityKey || !email) return null
  const points = extensions.get(EXTENSION.crl)
  const crl = points && deepFind(points, URI)
  return {
    subject: toRfc2253(certificate.subject),
    subjectKeyIdentifier: toColonHex(own.content),
    email: email.content.toString('latin1'),
    serial: serialOfCertificate(find(readElements(der), TAG.sequence)),
    issuer: {
      subject: toRfc2253(certificate.issuer),
      subjectKeyIdentifier: toColonHex(authorityKey.content),
      crlUrl: crl?.content.toString('latin1') ?? null,
    },
  }
}

/** The first element with `tag`, at any depth that an extension has a use for. */
function deepFind(element: Element, tag: number, depth = DEEPEST): Element | undefined {
  if (element.tag === tag) return element
  if ((element.tag & CONSTRUCTED) === 0 || depth === 0) return undefined
  for (const child of readElements(element.content)) {
    const found = deepFind(child, tag, depth - 1)
    if (found) return found
  }
  return undefined
}

/** node writes one part a line, the most general first, and undefined for no name; RFC 2253 turns them round, in ASCII. */
function toRfc2253(name: string | undefined): string {
  return (name ?? '')
    .split('\n')
    .reverse()
    .join(',')
    .replace(/[^\0-\x7f]+/g, (text) => Buffer.from(text).toString('hex').toUpperCase().replace(/../g, '\\$&'))
}

function toColonHex(bytes: Buffer): string {
  return bytes
    .toString('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:')
}
