/** A filter for names that contain a text, whatever the case of its letters; undefined for no search at all. */
export function searchFor(text: string | undefined): ((name: string) => boolean) | undefined {
  if (text === undefined) return undefined
  const wanted = text.toLowerCase()
  return (name) => name.toLowerCase().includes(wanted)
}
