import { branchNameRule } from '../../forge/branches.ts'
import { tagNameRule } from '../../forge/tags.ts'
import { readInstant } from './dates.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { consoleRule } from './tag-name.ts'

/** What a text has to be, by the `format` of its schema. */
interface TextFormat {
  readonly rule: RefusalName
  /** What is wrong with a text, or null. */
  readonly findBreach: (text: string) => string | null
}

export const FORMATS: Readonly<Record<string, TextFormat>> = {
  'tag-name': {
    rule: 'tag-name-invalid',
    findBreach: (text) => consoleRule(text) ?? sentence(tagNameRule(text)),
  },
  'branch-name': {
    rule: 'branch-name-invalid',
    findBreach: (text) => consoleRule(text) ?? sentence(branchNameRule(text)),
  },
  'rule-name': {
    rule: 'rule-name-invalid',
    findBreach: (text) => (/[\s\0]/.test(text) ? 'must not contain spaces' : null),
  },
  'plain-text': {
    rule: 'null-character',
    findBreach: (text) => (text.includes('\0') ? 'must not contain null characters' : null),
  },
  regex: {
    rule: 'regex-invalid',
    findBreach: (text) => (isPattern(text) ? null : 'must be a regular expression'),
  },
  'date-time': {
    rule: 'date-invalid',
    findBreach: (text) => (readInstant(text) === null ? 'must be a date and time' : null),
  },
  'project-id': {
    rule: 'project-id-invalid',
    findBreach: (text) => (/^[0-9a-f]{32}$/i.test(text) ? null : 'must be 32 hexadecimal digits'),
  },
  url: {
    rule: 'url-invalid',
    findBreach: (text) => (isWebAddress(text) ? null : 'must be an HTTP or HTTPS address'),
  },
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
