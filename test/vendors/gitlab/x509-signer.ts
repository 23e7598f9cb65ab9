import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const environment = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
}

/** A serial number beyond what a JavaScript number can hold. */
export const SERIAL = 278969561018901340486471282831158785578n

const EXTENSIONS = `
[authority]
subjectKeyIdentifier = hash
basicConstraints = CA:true
[person]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = email:ada@example.test
crlDistributionPoints = URI:http://crl.example.test/pki.crl
[stranger]
subjectKeyIdentifier = hash
`

/** A repository of the real git in a temporary folder, with keys to sign its tags. */
export class Signer {
  readonly path = mkdtempSync(join(tmpdir(), 'fakeforge-signer-'))

  constructor() {
    this.git(['init', '--quiet', '--initial-branch=main', 'work'], this.path)
    this.git(['commit', '--quiet', '--allow-empty', '-m', 'Start'])
    writeFileSync(join(this.path, 'extensions.cnf'), EXTENSIONS)
  }

  get repository(): string {
    return join(this.path, 'work')
  }

  git(args: readonly string[], cwd = this.repository, input = ''): string {
    return execFileSync('git', args, { cwd, env: environment, input, stdio: ['pipe', 'pipe', 'pipe'] })
      .toString()
      .trim()
  }

  openssl(args: readonly string[], input = ''): string {
    const env = { ...environment, OPENSSL_CONF: '/dev/null' }
    return execFileSync('openssl', args, {
      cwd: this.path,
      env,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    }).toString()
  }

  /** Writes `<name>.key` and `<name>.crt`; signed by itself, or by the authority with the extensions of a section. */
  certify(name: string, subject: string, section: string, authority?: string): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
    writeFileSync(join(this.path, 'request.cnf'), '[req]\ndistinguished_name = name\n[name]\n')
    const request = [
      'req',
      '-config',
      'request.cnf',
      '-new',
      '-utf8',
      ...key,
      '-subj',
      subject,
      '-out',
      `${name}.csr`,
    ]
    this.openssl(request)
    const signing = authority
      ? ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`]
      : ['-signkey', `${name}.key`]
    const number = authority ? ['-set_serial', String(SERIAL)] : ['-set_serial', '1']
    this.openssl([
      ...['x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, '-days', '3650'],
      ...['-extfile', 'extensions.cnf', '-extensions', section, ...signing, ...number],
    ])
  }

  /** What openssl itself says about a certificate. */
  describe(name: string, args: readonly string[]): string {
    return this.openssl(['x509', '-in', `${name}.crt`, '-noout', ...args]).trim()
  }

  /** A tag signed in the way of smimesign: a detached CMS signature under another heading. */
  tagWithCms(tag: string, signer: string, more: readonly string[] = []): void {
    const content = this.#content(tag)
    const cms = this.openssl(
      [
        'cms',
        '-sign',
        '-binary',
        '-outform',
        'PEM',
        '-signer',
        `${signer}.crt`,
        '-inkey',
        `${signer}.key`,
        ...more,
      ],
      content,
    )
    this.tagWithText(tag, cms.replaceAll('CMS-----', 'SIGNED MESSAGE-----'))
  }

  /** A tag that ends in `signature`. */
  tagWithText(tag: string, signature: string): void {
    const input = this.#content(tag) + signature
    const oid = this.git(['hash-object', '-t', 'tag', '-w', '--stdin'], this.repository, input)
    this.git(['update-ref', `refs/tags/${tag}`, oid])
  }

  /** A tag that git itself signs with an SSH key. */
  tagWithSsh(tag: string): void {
    const key = join(this.path, 'ssh')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { env: environment })
    const settings = ['-c', 'gpg.format=ssh', '-c', `user.signingkey=${key}`]
    this.git([...settings, 'tag', '-s', tag, '-m', 'Signed'])
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }

  #content(tag: string): string {
    const head = this.git(['rev-parse', 'HEAD'])
    return `object ${head}\ntype commit\ntag ${tag}\ntagger Ada <ada@example.test> 1717243200 +0000\n\nSigned\n`
  }
}
