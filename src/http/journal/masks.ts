/**
 * Masks by place: the values of parameters, JSON keys and form fields whose names say that they are secret. Texts stay byte
 * for byte what they were around the values, and may be cut off anywhere.
 */
import { isSecretName, MASK } from './secret-names.ts'

/** Told of every value that is masked. */
export type Note = (value: string) => void

export function maskQuery(query: string, note: Note): string {
  return query.replace(/([^&;=]+)=([^&;]*)/g, (pair, name: string, value: string) => {
    if (value === '' || !isSecretName(decodeName(name))) return pair
    note(decodeName(value))
    return `${name}=${MASK}`
  })
}

/** Parameters of URLs that stand in a text, and the passwords and tokens in front of the hosts of such URLs. */
export function maskText(text: string, note: Note): string {
  return text
    .replace(/([?&])([\w.[\]%-]+)=([^&\s"'<>#;]+)/g, (pair, mark: string, name: string, value: string) => {
      if (!isSecretName(decodeName(name))) return pair
      note(decodeName(value))
      return `${mark}${name}=${MASK}`
    })
    .replace(
      /([a-z][a-z0-9+.-]*:\/\/[^/\s:@"'<>]*):([^/\s@"'<>]+)@/gi,
      (_, before: string, value: string) => {
        note(decodeName(value))
        return `${before}:${MASK}@`
      },
    )
    .replace(/(https?:\/\/)([^/\s:@"'<>]+)@/gi, (_, scheme: string, value: string) => {
      // A token is often all that stands there; who goes by ssh is only called git.
      note(decodeName(value))
      return `${scheme}${MASK}@`
    })
}

export function maskFormBody(text: string, note: Note): string {
  return maskQuery(text, note)
}

/** A key, then a text (whole or cut off by the end), a list of plain values, or a number. */
const PAIR = /("(?:[^"\\]|\\.)*")(\s*:\s*)("(?:[^"\\]|\\.)*(?:"|$)|\[[^[\]{}]*(?:\]|$)|-?\d[\d.eE+-]*)/g

/** `"secret": {"key": "…"}`, as Huawei's IAM writes it. */
const WRAPPED = /("(?:[^"\\]|\\.)*")(\s*:\s*\{\s*"(?:key|value)"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|$))/g

/** Objects below a secret name are looked into; true, false and null are not masked: they say only that there is none. */
export function maskJson(text: string, note: Note): string {
  const unwrapped = text.replace(WRAPPED, (whole, key: string, between: string, value: string) => {
    if (!isSecretName(readText(key))) return whole
    note(readText(value))
    return `${key}${between}"${MASK}"`
  })
  return unwrapped.replace(PAIR, (pair, key: string, colon: string, value: string) => {
    if (!isSecretName(readText(key))) return pair
    if (!value.startsWith('[')) {
      note(readText(value))
      return value === '""' ? pair : `${key}${colon}"${MASK}"`
    }
    const items = value.replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, (item) => {
      note(readText(item))
      return `"${MASK}"`
    })
    return key + colon + items
  })
}

export function maskMultipart(text: string, note: Note): string {
  const part = /(name="([^"]*)"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/g
  return text.replace(part, (whole, head: string, name: string, value: string) => {
    if (!isSecretName(name)) return whole
    note(value)
    return head + MASK
  })
}

function readText(literal: string): string {
  const whole =
    literal.startsWith('"') && !(literal.length > 1 && literal.endsWith('"')) ? `${literal}"` : literal
  try {
    return String(JSON.parse(whole))
  } catch {
    return literal
  }
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}
