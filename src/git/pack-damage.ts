/**
 * What a pack reader throws at bytes that are no pack. It says what is wrong and not where, because the reader knows neither
 * the object nor the file; whoever does turns it into a ForgeError, so it never leaves `git/`.
 */
export class PackDamage extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'PackDamage'
  }
}
