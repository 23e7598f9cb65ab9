/** What a clone URL may carry for git: a token goes where the password does. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

export function withCredentials(url: string, credentials: Credentials | undefined): string {
  if (!credentials) return url
  const { username, password } = credentials
  return url.replace('://', `://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`)
}
