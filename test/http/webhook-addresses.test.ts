import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AddressPolicy } from '../../src/http/webhooks/address-policy.ts'
import { post } from '../../src/http/webhooks/post.ts'
import { Receiver } from './receiver.ts'
import { BASIC, openWorld, TAGS } from './webhook-world.ts'

let receiver: Receiver
beforeEach(async () => {
  receiver = await Receiver.open()
})
afterEach(() => receiver.close())

/** A resolver that gives each question the next of these answers, the last one from then on. */
function resolving(...answers: readonly (readonly string[])[]): LookupFunction & { asked: number } {
  const lookup = ((_name, options, callback) => {
    const addresses = answers[Math.min(lookup.asked++, answers.length - 1)] ?? []
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4)
  }) as LookupFunction & { asked: number }
  lookup.asked = 0
  return lookup
}

function send(url: string, policy: AddressPolicy) {
  const request = { event: 'x', url, headers: {}, body: '{}' }
  return post(request, { policy, timeout: 5000, signal: new AbortController().signal })
}

const verdict = (host: string, allowed: readonly string[] = []) => {
  try {
    new AddressPolicy(allowed).checkHost(host)
    return 'allowed'
  } catch {
    return 'refused'
  }
}

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '[::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
  ])('%s is near', (host) => {
    expect(verdict(host)).toBe('allowed')
  })

  it.each([
    '93.184.215.14',
    '172.32.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '192.169.0.1',
    '255.255.255.255',
    '[2606:2800:21f::1]',
    '[fe80::1]',
    '[::]',
    '[::ffff:93.184.215.14]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::7f00:1]',
  ])('%s is not', (host) => {
    expect(verdict(host)).toBe('refused')
  })

  it.each([
    ['93.184.215.14', ['93.184.215.14'], 'allowed'],
    ['93.184.215.15', ['93.184.215.14'], 'refused'],
    ['93.184.215.15', ['93.184.215.0/24'], 'allowed'],
    ['[2606:2800::7]', ['2606:2800::/32'], 'allowed'],
    ['[2606:2801::7]', ['[2606:2800::]/32'], 'refused'],
    ['[2606:2800::7]', ['[2606:2800::7]'], 'allowed'],
    ['8.8.8.8', ['*'], 'allowed'],
  ])('%s is judged by %j: %s', (host, allowed, expected) => {
    expect(verdict(host, allowed)).toBe(expected)
  })
})

describe('a name', () => {
  it('is resolved once, and what was judged is what is connected to', async () => {
    const lookup = resolving(['127.0.0.1'], ['93.184.215.14'])
    const answer = await send(`http://rebind.test:${receiver.port}/`, new AddressPolicy([], lookup))
    expect([answer.status, lookup.asked, receiver.received[0]?.headers.host]).toEqual([
      200,
      1,
      `rebind.test:${receiver.port}`,
    ])
  })

  it('is refused once it leads elsewhere, however often it led here before (DNS rebinding)', async () => {
    const policy = new AddressPolicy([], resolving(['127.0.0.1'], ['93.184.215.14']))
    await send(`http://rebind.test:${receiver.port}/`, policy)
    await expect(send(`http://rebind.test:${receiver.port}/`, policy)).rejects.toThrow(
      'rebind.test (93.184.215.14) is neither loopback nor private, and --webhook-allow does not name it',
    )
    expect(receiver.received).toHaveLength(1)
  })

  it('goes to the near ones of its addresses only', async () => {
    const policy = new AddressPolicy([], resolving(['93.184.215.14', '127.0.0.1']))
    expect((await send(`http://both.test:${receiver.port}/`, policy)).status).toBe(200)
  })

  it('that is allowed may lead anywhere', async () => {
    const policy = new AddressPolicy(['HOOKS.test'], resolving(['127.0.0.1']))
    expect((await send(`http://hooks.test:${receiver.port}/`, policy)).status).toBe(200)
  })

  it('localhost is near', async () => {
    expect((await send(`http://localhost:${receiver.port}/`, new AddressPolicy([]))).status).toBe(200)
  })
})

describe('a webhook to a far address', () => {
  it.each([
    'http://93.184.215.14/hook',
    'http://169.254.169.254/latest/meta-data',
    'http://[2606:2800::1]/',
    'http://2852039166/in-one-number',
    'http://0xa9fea9fe/in-hexadecimal',
    'http://0251.0376.0251.0376/in-octal',
    'http://169.254.43518/in-three-parts',
    'http://[::ffff:169.254.169.254]/in-IPv6',
    'http://0/',
  ])('is refused and logged: %s', async (url) => {
    const world = await openWorld(() => [{ url, vendor: 'gitlab' }], { webhookRetries: 5 })
    await world.call('POST', `${TAGS}?tag_name=new&ref=main`)
    expect(await world.settle()).toEqual([
      expect.objectContaining({
        state: 'refused',
        attempts: [
          expect.objectContaining({
            answer: null,
            error: `${new URL(url).hostname.replace(/^\[|\]$/g, '')} is neither loopback nor private, and --webhook-allow does not name it`,
          }),
        ],
      }),
    ])
    await world.close()
  })

  it.each(['2130706433', '0x7f000001', '0177.0.0.1', '127.1'])(
    'is told from a near one that is written as %s',
    async (host) => {
      const world = await openWorld(() => [{ url: `http://${host}:${receiver.port}/hook`, vendor: 'gitlab' }])
      await world.call('POST', `${TAGS}?tag_name=new&ref=main`)
      expect(await world.settle()).toMatchObject([{ state: 'delivered' }])
      await world.close()
    },
  )

  it('is not tried out either', async () => {
    const world = await openWorld(() => [{ url: 'http://2852039166/', vendor: 'gitlab' }])
    const tests = [
      ['/api/v4/projects/1/hooks/1/test/push_events', {}],
      ['/rest/api/1.0/projects/ACME/repos/widgets/webhooks/test?url=http://169.254.169.254/', BASIC],
    ] as const
    for (const [path, headers] of tests)
      expect((await world.call('POST', path, { headers })).status).toBeGreaterThanOrEqual(400)
    expect((await world.settle()).map(({ state }) => state)).toEqual(['refused', 'refused'])
    await world.close()
  })

  it('is not reached through a redirect of a near one', async () => {
    const world = await openWorld((url) => [{ url, vendor: 'gitlab' }])
    world.receiver.answer = (response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${receiver.port}/elsewhere` }).end()
    await world.call('POST', `${TAGS}?tag_name=new&ref=main`)
    expect(await world.settle()).toMatchObject([
      { state: 'failed', attempts: [{ answer: { status: 302 }, error: null }] },
    ])
    expect(receiver.received).toEqual([])
    await world.close()
  })
})
