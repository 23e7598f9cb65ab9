import type { ReleaseLink } from '../../forge/model.ts'

/** A link before it has an id. */
export type LinkDraft = Omit<ReleaseLink, 'id'>

const KINDS = new Set(['other', 'runbook', 'package', 'image'])
const LONGEST_PATH = 128

/** What GitLab has against a link beside the others of its release, each as `Attribute problem`; app/models/releases/link.rb */
export function linkProblems(link: LinkDraft, others: readonly LinkDraft[]): string[] {
  const problems: string[] = []
  if (link.url.trim() === '') problems.push("Url can't be blank")
  problems.push(...urlProblem(link.url))
  if (others.some((other) => other.url === link.url)) problems.push('Url has already been taken')
  if (link.name.trim() === '') problems.push("Name can't be blank")
  if (others.some((other) => other.name === link.name)) problems.push('Name has already been taken')
  if (link.path) problems.push(...pathProblems(link.path, others))
  return problems
}

/** Texts that come more than once among the new links of a release, the first attribute that has any. */
export function duplicatesOf(links: readonly LinkDraft[]): string[] {
  for (const read of [nameOf, urlOf, pathOf]) {
    const texts = links.map(read).filter((text) => text !== null)
    const twice = [...new Set(texts.filter((text, i) => texts.indexOf(text) !== i))]
    if (twice.length > 0) return twice
  }
  return []
}

export function isLinkKind(kind: string): boolean {
  return KINDS.has(kind)
}

function urlProblem(url: string): string[] {
  if (url.trim() === '') return ['Url must be a valid URL']
  if (!URL.canParse(url)) return ['Url is blocked: URI is invalid']
  const isAllowed = /^(?:https?|ftp):$/.test(new URL(url).protocol)
  return isAllowed ? [] : ['Url is blocked: Only allowed schemes are http, https, ftp']
}

function pathProblems(path: string, others: readonly LinkDraft[]): string[] {
  const problems: string[] = []
  if (others.some((other) => other.path === path)) problems.push('Filepath has already been taken')
  if (!isFilePath(path)) problems.push('Filepath is invalid')
  if (path.length > LONGEST_PATH)
    problems.push(`Filepath is too long (maximum is ${LONGEST_PATH} characters)`)
  return problems
}

/** GitLab's pattern taken apart: in one piece it backtracks for ever on texts that a client can choose. */
function isFilePath(path: string): boolean {
  return /^\/[-.\w/]*[\da-zA-Z]$/.test(path) && !path.includes('//')
}

function nameOf({ name }: LinkDraft): string | null {
  return name
}

function urlOf({ url }: LinkDraft): string | null {
  return url
}

function pathOf({ path }: LinkDraft): string | null {
  return path ?? null
}
