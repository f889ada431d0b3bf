/** Which addresses only machines of one network can reach (IANA special-purpose registries). */
import { BlockList, isIP } from 'node:net';

const notPublic = new BlockList();
const blocks = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Also what carries an IPv4 address inside: NAT64, 6to4, Teredo, and the compatible form.
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'],
  ...['100::/64', '2001:db8::/32', '3fff::/20', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];
for (const block of blocks) {
  const [network = '', prefix] = block.split('/');
  notPublic.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an IP address, without brackets, is not reachable from everywhere. */
export function isPrivateAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  // What is no address cannot be shown to be a public one. Mapped IPv4 counts as IPv4.
  return family === 0 || notPublic.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** Names that never belong to a public host (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
export function isPrivateName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return (
    !name.includes('.') || /\.(?:localhost|local|internal|intranet|lan|home\.arpa|alt)$/.test(name)
  );
}

/** Whether what is sent to a URL crosses a network in the open. */
export function isPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopbackHost(hostname);
}

/** Whether a host of a URL is the machine itself. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(name)
  );
}
