import { branchNameRule } from '../../forge/branches.ts'
import { tagNameRule } from '../../forge/tags.ts'
import { readInstant } from './dates.ts'
import { consoleRule } from './tag-name.ts'

/** What a text has to be, by the `format` of its schema: each answers what is wrong with a text, or null. */
export const FORMATS: Readonly<Record<string, (text: string) => string | null>> = {
  'tag-name': (text) => consoleRule(text) ?? sentence(tagNameRule(text)),
  'branch-name': (text) => consoleRule(text) ?? sentence(branchNameRule(text)),
  'rule-name': (text) => (/[\s\0]/.test(text) ? 'must not contain spaces' : null),
  'plain-text': (text) => (text.includes('\0') ? 'must not contain null characters' : null),
  regex: (text) => (isPattern(text) ? null : 'must be a regular expression'),
  'date-time': (text) => (readInstant(text) === null ? 'must be a date and time' : null),
  'project-id': (text) => (/^[0-9a-f]{32}$/i.test(text) ? null : 'must be 32 hexadecimal digits'),
  url: (text) => (isWebAddress(text) ? null : 'must be an HTTP or HTTPS address'),
}

function sentence(rule: string | null): string | null {
  return rule === null ? null : `is invalid: ${rule}`
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') !== null
  } catch {
    return false
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
