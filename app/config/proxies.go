package config

import (
	"errors"
	"net/netip"
)

// The shortest prefixes of networks that may be trusted: those of private networks, 10.0.0.0/8 and fc00::/7. Anything shorter
// includes a good part of the Internet.
const (
	shortestIPv4 = 8
	shortestIPv6 = 7
)

// checkNetwork refuses networks that include strangers: each of them could claim to be any other client.
func checkNetwork(s string) error {
	prefix, err := parseNetwork(s)
	switch {
	case err != nil:
		return errors.New("is not an address or a network like 10.0.0.0/8")
	case prefix.Addr().Is4In6():
		return errors.New("is an IPv4 network in the form of IPv6: write it like 10.0.0.0/8")
	case prefix.Addr().Is4() && prefix.Bits() < shortestIPv4, prefix.Addr().Is6() && prefix.Bits() < shortestIPv6:
		return errors.New("would trust a good part of the Internet, and everybody in it could pretend to be any client: name the addresses of the proxies alone")
	case prefix.IsSingleIP() && prefix.Addr().IsUnspecified():
		return errors.New("is the address of nobody: name those of the proxies")
	}
	return nil
}

// parseNetwork reads a network, or a single address as the network of itself.
func parseNetwork(s string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(address, address.BitLen()), nil
	}
	prefix, err := netip.ParsePrefix(s)
	return prefix.Masked(), err
}
