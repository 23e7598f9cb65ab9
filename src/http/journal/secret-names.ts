/** What stands for a secret. */
export const MASK = '***'

/** Which names of headers, parameters and JSON keys have a value that is nobody else's business. */
const SECRET =
  /token|secret|passw|passphrase|signature$|credential|private.?key|api.?key|access.?key|authori[sz]ation|cookie|session.?id|\bpwd\b|\bjwt\b|\botp\b/i

/** Where a list of pages goes on is no secret, though it is called a token. */
const HARMLESS = /page.?token$|^token.?type$/i

/** Headers whose value begins with a word that says of what kind the credential is. */
const SCHEMED = /^(?:proxy-)?authorization$/i

export function isSecretName(name: string): boolean {
  return SECRET.test(name) && !HARMLESS.test(name)
}

export function hasScheme(header: string): boolean {
  return SCHEMED.test(header)
}
