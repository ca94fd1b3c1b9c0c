import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * Whether an address may be connected to: `never` are link-local ones, the clouds' metadata services, and what is no single host; `inside` are
 * those of this machine, of private networks and of transitions to IPv4, which only a host that the configuration names may have (RFC 6890).
 */
export type AddressKind = "never" | "inside" | "public";

const never = blockList([
  "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8",
  // Metadata services that are not link-local: Alibaba, Oracle, Azure, Amazon over IPv6.
  "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32", "fd00:ec2::254/128",
]); // prettier-ignore

const inside = blockList([
  "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16",
  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
  "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fec0::/10",
]); // prettier-ignore

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", bits] = subnet.split("/");
    list.addSubnet(network, Number(bits), isIPv6(network) ? "ipv6" : "ipv4");
  }
  return list;
}

/** What is no IP address is `never`. */
export function addressKind(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0) return "never";
  const family = version === 6 ? "ipv6" : "ipv4";
  if (never.check(address, family)) return "never";
  return inside.check(address, family) ? "inside" : "public";
}
