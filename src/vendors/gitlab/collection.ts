/** Grape takes a collection's address with a trailing slash and with `.json` as well; single resources it does not. */
export function collection(path: string): string[] {
  return [path, `${path}/`, `${path}.json`]
}
