/** Whether a URL is at or below the tags of a repository. */
export function isTagUrl(url: string): boolean {
  return /^\/rest\/api\/(?:1\.0|latest)\/projects\/[^/?#]+\/repos\/[^/?#]+\/tags(?:[/?]|$)/.test(url)
}
