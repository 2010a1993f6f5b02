#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension System {
    /// The system and its machine, `Linux 6.1.0 x86_64`: what support asks for, and no name of this computer.
    ///
    /// Of the release only the numbers stay, three at most: more of them would look like an address.
    static var name: String {
        var record = utsname()
        guard unsafe uname(&record) == 0 else { return "" }
        let numbers = text(of: record.release).prefix { $0.isNumber || $0 == "." }.split(separator: ".").prefix(3)
        return [text(of: record.sysname), numbers.joined(separator: "."), text(of: record.machine)].filter { !$0.isEmpty }.joined(
            separator: " ")
    }

    /// The text in an array of characters that C filled.
    private static func text<Characters>(of characters: Characters) -> String {
        // Safety: reads the bytes of the array itself, up to the first null byte and never beyond its end.
        unsafe withUnsafeBytes(of: characters) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
