/** Which addresses only machines of one network can reach (IANA special-purpose registries). */
import { BlockList, isIP } from 'node:net';

const inside = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];

/** All of IPv6 that can be public: global unicast, IPv4 mapped into it, and NAT64. */
const perhapsPublic = createBlockList(['2000::/3', '::ffff:0:0/96', '64:ff9b::/96']);

const notPublic = createBlockList([
  ...inside,
  // Behind NAT64 every IPv4 address looks like this: those inside are, the others are not (RFC 6052 §2.1).
  ...inside.map((block) => {
    const [network, prefix] = block.split('/');
    return `64:ff9b::${network}/${96 + Number(prefix)}`;
  }),
  // Protocol assignments with Teredo, documentation, and 6to4, which carries any IPv4 address.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]);

function createBlockList(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', prefix] = block.split('/');
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether an IP address, without brackets, is not reachable from everywhere. */
export function isPrivateAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  // What is no address cannot be shown to be a public one. Mapped IPv4 counts as IPv4.
  if (family === 0) return true;
  if (family === 4) return notPublic.check(bare, 'ipv4');
  return notPublic.check(bare, 'ipv6') || !perhapsPublic.check(bare, 'ipv6');
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
