#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// Says whether a text is an address in numbers, of either family, without brackets.
    static func isAddress(_ text: String) -> Bool {
        var four = in_addr()
        var six = in6_addr()
        // Both calls write to the local variable of their family only.
        return unsafe inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    }

    /// Says whether this machine has a network interface of this name.
    static func hasInterface(_ name: String) -> Bool {
        unsafe if_nametoindex(name) != 0
    }

    /// Says whether this machine can send from an address in numbers, without sending anything.
    static func ownsAddress(_ text: String) -> Bool {
        var four = sockaddr_in()
        if unsafe inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            return canBind(four, AF_INET)
        }
        var six = sockaddr_in6()
        guard unsafe inet_pton(AF_INET6, text, &six.sin6_addr) == 1 else { return false }
        six.sin6_family = sa_family_t(AF_INET6)
        return canBind(six, AF_INET6)
    }

    private static func canBind<Address>(_ address: Address, _ family: Int32) -> Bool {
        #if canImport(Glibc)
        let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
        let descriptor = socket(family, SOCK_DGRAM, 0)
        #endif
        guard descriptor >= 0 else { return false }
        defer { try? close(descriptor) }
        var address = address
        // The address is a local variable of the size that is passed with it.
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }
}
