import { BlockList, isIP } from 'node:net'

// https://www.iana.org/assignments/iana-ipv4-special-registry: what is not somebody's public host.
const IPV4_REFUSED = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Public by its number, and the metadata service of a cloud all the same.
  ['168.63.129.16', 32],
] as const

// Of IPv6 only this is given to hosts; whatever wraps an IPv4 address or is local lies elsewhere, or is refused below.
// https://www.iana.org/assignments/iana-ipv6-special-registry
const IPV6_GIVEN = ['2000::', 3] as const
const IPV6_REFUSED = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const refused = new BlockList()
for (const [net, prefix] of IPV4_REFUSED) refused.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of IPV6_REFUSED) refused.addSubnet(net, prefix, 'ipv6')
const given = new BlockList()
given.addSubnet(...IPV6_GIVEN, 'ipv6')

/** Whether an IP address is one of the public internet. False for private, loopback, link-local, multicast and metadata addresses, and for text that is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4')
    case 6:
      return !address.includes('%') && given.check(address, 'ipv6') && !refused.check(address, 'ipv6')
    default:
      return false
  }
}
