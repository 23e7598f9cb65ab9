/** Whether a URL is that of the tags of a repository, or of one of them. */
export function isTagUrl(url: string): boolean {
  return /^\/v4\/repositories\/[^/?#]+\/repository\/tags?(?:[/?]|$)/.test(url)
}
