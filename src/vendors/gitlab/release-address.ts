/** The addresses of a release's pages, below the project's own. */
export interface ReleaseAddress {
  readonly self: string
  readonly edit: string
  /** A list of issues or merge requests that belong to the release. */
  list(kind: 'issues' | 'merge_requests', state: 'opened' | 'closed' | 'merged'): string
  tag(): string
  archive(format: string): string
}

export function addressOf(projectUrl: string, slug: string, tag: string): ReleaseAddress {
  const segment = encodeSegment(tag)
  const self = `${projectUrl}/-/releases/${segment}`
  return {
    self,
    edit: `${self}/edit`,
    list: (kind, state) =>
      `${projectUrl}/-/${kind}?release_tag=${encodeURIComponent(tag)}&scope=all&state=${state}`,
    tag: () => `${projectUrl}/-/tags/${segment}`,
    // The archive route takes slashes as they are; in the name of the file they are dashes.
    archive: (format) =>
      `${projectUrl}/-/archive/${tag.split('/').map(encodeSegment).join('/')}/` +
      `${slug}-${encodeSegment(tag.replaceAll('/', '-'))}.${format}`,
  }
}

/** Path segments as Rails writes them: sub-delimiters, `:` and `@` stay. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(/%(?:3A|40|24|26|2B|2C|3B|3D)/g, decodeURIComponent)
}
