import { lookup as systemLookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Loopback and private networks. Link-local addresses are not among them: clouds keep their secrets there. */
const NEAR = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
] as const

/** An address that webhooks may not be sent to. */
export class AddressRefusal extends Error {
  constructor(host: string, addresses: readonly string[]) {
    const where = addresses.includes(host) ? host : `${host} (${addresses.join(', ')})`
    super(`${where} is neither loopback nor private, and --webhook-allow does not name it`)
    this.name = 'AddressRefusal'
  }
}

/** Where webhooks may go: near addresses, and what the user allows by name, address or network (`10.1.0.0/16`); `*` allows all. */
export class AddressPolicy {
  readonly #addresses = new BlockList()
  readonly #names: ReadonlySet<string>
  readonly #allowsAll: boolean
  readonly #lookup: LookupFunction

  constructor(allowed: readonly string[], lookup: LookupFunction = systemLookup as LookupFunction) {
    for (const [address, prefix, family] of NEAR) this.#addresses.addSubnet(address, prefix, family)
    for (const entry of allowed) allowNetwork(this.#addresses, entry)
    this.#names = new Set(allowed.map((entry) => entry.toLowerCase()))
    this.#allowsAll = allowed.includes('*')
    this.#lookup = lookup
  }

  /** Throws AddressRefusal for a host that is written as an address; a name is judged by `lookup`, when it is connected to. */
  checkHost(hostname: string): void {
    const host = hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !this.#allows(host)) throw new AddressRefusal(host, [host])
  }

  /**
   * For `net.connect`. What it answers is what is connected to, so a name cannot lead to one address while it is judged and
   * to another one afterwards (DNS rebinding).
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    if (this.#names.has(hostname.toLowerCase())) return this.#lookup(hostname, options, callback)
    this.#lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }]
      const allowed = addresses.filter(({ address }) => this.#allows(address))
      const [first] = allowed
      if (!first)
        return callback(
          new AddressRefusal(
            hostname,
            addresses.map(({ address }) => address),
          ),
          [],
        )
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }

  #allows(address: string): boolean {
    if (this.#allowsAll) return true
    const family = isIP(address)
    return family !== 0 && this.#addresses.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

function allowNetwork(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.replace(/^\[|\]$/g, '').split('/')
  const family = isIP(address)
  if (family === 0) return
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  if (prefix === undefined) list.addAddress(address, kind)
  else list.addSubnet(address, Number(prefix), kind)
}
