/** What the server says of itself when it is ready: addresses, a token that works, a request to paste. */
import { isIP } from 'node:net'
import { mayReadCode } from '../forge/access.ts'
import type { Forge } from '../forge/forge.ts'
import type { ProjectSpec } from '../forge/spec.ts'
import type { Options } from '../options.ts'
import type { Vendor } from '../vendors/vendor.ts'
import { jsonLine } from './wording.ts'

export interface Listening {
  /** The origin that works from this machine. */
  readonly url: string
  readonly forge: Forge
  readonly vendors: readonly Vendor[]
  /** Where the world is kept; null when it is in memory only. */
  readonly kept: { readonly path: string; readonly isForeign: boolean } | null
}

export function writeBanner({ url, forge, vendors, kept }: Listening, options: Options): string {
  const origin = options.publicUrl ?? url
  const visit = findVisit(forge)
  const lines = vendors.flatMap((vendor) => {
    const base = `${origin}${options.prefixes[vendor.id] ?? ''}${vendor.basePath}`
    const profile = options.profiles[vendor.id] ?? vendor.profiles[0]
    const address = `  ${vendor.title.padEnd(18)} ${base}  (${profile})`
    return visit
      ? [address, `    ${curl(base, vendor.exampleRequest(visit.project, visit.token))}`]
      : [address]
  })
  const world = typeof options.fixture === 'string' ? options.fixture : 'the demo world'
  return [
    `fakeforge serves ${world} on ${url}`,
    ...(kept ? tellKept(kept, world) : []),
    ...warnOfBind(options.host),
    '',
    ...lines,
    '',
    ...(visit ? [`  Project ${visit.project.path}, token ${visit.token} (${visit.username}).`] : []),
    ...(visit ? cloneLines(vendors, visit, origin, options) : []),
    `  Back to the beginning: curl -X POST ${url}/__admin/reset`,
    '  Stop: Ctrl+C',
    '',
  ].join('\n')
}

/** The same for programs, as one JSON line. */
export function writeAddresses({ url, forge, vendors }: Listening, options: Options): string {
  const origin = options.publicUrl ?? url
  const addresses = vendors.map(({ id, basePath }) => [
    id,
    `${origin}${options.prefixes[id] ?? ''}${basePath}`,
  ])
  const visit = findVisit(forge)
  return jsonLine({
    url,
    admin: `${url}/__admin`,
    vendors: Object.fromEntries(addresses),
    project: visit?.project.path ?? null,
    username: visit?.username ?? null,
    token: visit?.token ?? null,
  })
}

/** The clone URLs of a project with a credential in them, those that two vendors share but once. */
function cloneLines(
  vendors: readonly Vendor[],
  { project, token, username }: Visit,
  origin: string,
  { prefixes, profiles }: Options,
): string[] {
  const urls = vendors.flatMap((vendor) => {
    const prefix = prefixes[vendor.id] ?? ''
    const profile = profiles[vendor.id] ?? vendor.profiles[0] ?? ''
    const face = vendor.git?.({ profile, prefix, quirks: new Set() })
    return face ? [`${origin}${prefix}${face.clonePath(project)}`] : []
  })
  const credential = `//${encodeURIComponent(username)}:${encodeURIComponent(token)}@`
  return [...new Set(urls)].map((url) => `    git clone ${quote(url.replace('//', credential))}`)
}

/** A fixture that is not served because another world goes on must not be looked for in vain. */
function tellKept({ path, isForeign }: NonNullable<Listening['kept']>, world: string): string[] {
  const line = `The world is kept in ${path}, its repositories in current/repositories there.`
  if (!isForeign) return [line]
  return [line, `It began with another fixture and goes on from there. A reset begins anew with ${world}.`]
}

/** Says aloud that others can reach the server: its passwords and tokens are well known. */
function warnOfBind(host: string): string[] {
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  return loopback ? [] : [`Listening on ${host}: every machine that reaches this address can use it.`]
}

interface Visit {
  readonly project: ProjectSpec
  readonly token: string
  readonly username: string
}

/** A project and a token that may do everything to it that its user may. */
function findVisit(forge: Forge): Visit | undefined {
  for (const { value, username, kind, scopes, state } of forge.world.tokens.values()) {
    if (kind !== 'personal' || scopes !== null || state !== 'active' || forge.user(username)?.blocked)
      continue
    const identity = forge.identifyToken(value)
    const project = forge.specs.find((spec) => spec.source.kind !== 'none' && mayReadCode(identity, spec))
    if (project) return { project, token: value, username }
  }
  return undefined
}

function curl(base: string, { path, headers }: ReturnType<Vendor['exampleRequest']>): string {
  const flags = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)} `)
  return `curl ${flags.join('')}${quote(base + path)}`
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
