import { expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'

it.each([
  ['this network', '0.0.0.0'],
  ['private', '10.1.2.3'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['shared', '100.64.0.1'],
  ['a metadata service', '100.100.100.200'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['link-local', '169.254.1.1'],
  ['a metadata service', '169.254.169.254'],
  ['a metadata service', '168.63.129.16'],
  ['a metadata service', '192.0.0.192'],
  ['documentation', '192.0.2.1'],
  ['documentation', '203.0.113.9'],
  ['benchmarks', '198.19.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['an IPv4 address in disguise', '::ffff:127.0.0.1'],
  ['an IPv4 address in disguise', '::ffff:8.8.8.8'],
  ['an IPv4 address in disguise', '64:ff9b::7f00:1'],
  ['an IPv4 address in disguise', '2002:7f00:1::1'],
  ['a tunnel', '2001:0:1::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['private', 'fd00::1'],
  ['a metadata service', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['link-local', 'fe80::1%eth0'],
  ['multicast', 'ff02::1'],
  ['no address', 'example.com'],
  ['no address', ''],
])('%s is not public: %s', (_, address) => {
  expect(isPublicAddress(address)).toBe(false)
})

it.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '2606:4700::1111', '2a00::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)
