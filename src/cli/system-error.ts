/** What the operating system refuses, in words that say what to do. */
export interface SystemError extends Error {
  readonly code: string
  readonly syscall: string
  readonly path?: string
  readonly address?: string
  readonly hostname?: string
  readonly port?: number
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error
}

export function explainSystemError(error: SystemError): string | undefined {
  return error.path === undefined ? explainSocket(error) : explainFile(error, error.path)
}

function explainFile({ code }: SystemError, path: string): string | undefined {
  if (code === 'ENOENT') return `there is no such file or folder: ${path}`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path} may not be read or written by this user. Choose another place, or change its permissions.`
  if (code === 'EISDIR') return `${path} is a folder. Name a file.`
  if (code === 'ENOTDIR') return `a part of ${path} is no folder. Name a file in a folder.`
  return undefined
}

function explainSocket({ code, address, hostname, port }: SystemError): string | undefined {
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${address} is in use. Stop what listens there, or choose another: --port ${Number(port) + 1}, or --port 0 for any free one.`
  }
  if (code === 'EACCES')
    return `port ${port} may not be used by this user. Choose one above 1023: --port 4747.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `this machine has no address ${address ?? hostname}. Choose one of its own: --host 127.0.0.1, or --host 0.0.0.0 for all.`
  }
  return undefined
}
