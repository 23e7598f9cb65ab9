/** Whether a URL is at or below the tags of a project. */
export function isTagUrl(url: string): boolean {
  return /^\/api\/v4\/projects\/[^/?#]+\/repository\/tags(?:[./?]|$)/.test(url)
}
