/** The settings that name a vendor: `gitlab=14`, `bitbucket=/bitbucket`, `gitflic.tagGet400`. */
import type { Options, VendorId } from '../options.ts'
import type { Reader, Reading, VendorFacts } from './readers.ts'

type PerVendor = Partial<Record<VendorId, string>>

export const readProfiles: Reader<Options['profiles']> = (texts, reading) =>
  readPerVendor(texts, reading, (profile, vendor) => {
    if (vendor.profiles.includes(profile)) return profile
    reading.report(`${vendor.id} has no profile "${profile}"; allowed: ${vendor.profiles.join(', ')}`)
    return undefined
  })

export const readPrefixes: Reader<Options['prefixes']> = (texts, reading) =>
  readPerVendor(texts, reading, (prefix, vendor) => {
    const path = prefix.replace(/\/+$/, '')
    // Clients take `.` and `..` out of a path before they send it.
    const isPath = /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/.test(path)
    if (isPath && !path.startsWith('/__')) return path
    reading.report(
      `"${prefix}" cannot be a prefix; allowed: a path that starts with a slash, such as /${vendor.id}`,
    )
    return undefined
  })

export const readQuirks: Reader<Options['quirks']> = (texts, { vendors, report }) => {
  const known = vendors.flatMap(({ id, quirks }) => quirks.map(({ name }) => `${id}.${name}`))
  for (const text of texts) {
    if (!known.includes(text)) {
      report(`unknown quirk "${text}"; allowed: ${known.join(', ') || 'none, no vendor has any'}`)
    }
  }
  return [...new Set(texts)]
}

function readPerVendor(
  texts: readonly string[],
  { vendors, report }: Reading,
  read: (value: string, vendor: VendorFacts) => string | undefined,
): PerVendor {
  const values: PerVendor = {}
  for (const text of texts) {
    const [id = '', ...rest] = text.split('=')
    const vendor = vendors.find((known) => known.id === id)
    if (rest.length === 0) {
      report(`"${text}" lacks its "="; write VENDOR=VALUE`)
    } else if (vendor === undefined) {
      report(`unknown vendor "${id}"; allowed: ${vendors.map((known) => known.id).join(', ')}`)
    } else {
      const value = read(rest.join('='), vendor)
      if (value !== undefined) values[vendor.id as VendorId] = value
    }
  }
  return values
}
