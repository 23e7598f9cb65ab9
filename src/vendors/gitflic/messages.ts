/**
 * JGit's short message: the first paragraph in one line. A paragraph ends at an empty line; a message that begins with
 * one has an empty short message.
 */
export function shortMessage(message: string): string {
  const paragraph = /^(?:[^\r\n][^\n]*(?:\n|$))*/.exec(message)?.[0] ?? ''
  return paragraph.replace(/\r?\n$/, '').replace(/\r?\n/g, ' ')
}
