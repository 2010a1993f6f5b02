#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension System {
    /// Names of the interfaces that are up, have an address of their own and are called as those of VPNs are.
    static func tunnelInterfaces() -> [String] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard unsafe getifaddrs(&first) == 0 else { return [] }
        defer { unsafe freeifaddrs(first) }
        var names: Set<String> = []
        // Safety: a list that the call made, ended by a null pointer, and freed only after this.
        var entry = unsafe first
        while let current = unsafe entry {
            let (name, flags) = unsafe (String(cString: current.pointee.ifa_name), current.pointee.ifa_flags)
            let family = unsafe current.pointee.ifa_addr.map { Int32(unsafe $0.pointee.sa_family) }
            // Every macOS has several `utun` with IPv6 addresses; only one that carries IPv4 is somebody's VPN.
            if flags & UInt32(IFF_UP) != 0, family == AF_INET, isTunnelName(name) { names.insert(name) }
            unsafe entry = current.pointee.ifa_next
        }
        return names.sorted()
    }

    /// WireGuard, OpenVPN, PPP, IPsec, and the names that the clients of well-known services give.
    static func isTunnelName(_ name: String) -> Bool {
        let prefixes = [
            "wg", "tun", "tap", "utun", "ppp", "ipsec", "tailscale", "zt", "nordlynx", "proton", "mullvad", "cscotun", "gpd", "wt",
            "outline", "vpn", "CloudflareWARP", "warp",
        ]
        return prefixes.contains { name.hasPrefix($0) }
    }
}
