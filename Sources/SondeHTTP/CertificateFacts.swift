import CCurl
import Sonde

extension EasyHandle {
    /// The leaf certificate of the handshake this transfer made; nil when it made none or the certificate was not trusted.
    var certificate: Certificate? {
        // The record and its lists belong to the handle, which outlives this call.
        guard let record = unsafe ccurl_getinfo_certinfo(pointer), unsafe record.pointee.num_of_certs > 0 else { return nil }
        var facts: [String: String] = [:]
        var node = unsafe record.pointee.certinfo?[0]
        while let current = unsafe node {
            let line = unsafe String(cString: current.pointee.data)
            if let colon = line.firstIndex(of: ":"), line.utf8.count < 4096 {
                facts[String(line[..<colon])] = String(line[line.index(after: colon)...])
            }
            unsafe node = current.pointee.next
        }
        return Certificate(
            subject: CertificateFacts.name(facts["Subject"] ?? ""), issuer: CertificateFacts.name(facts["Issuer"] ?? ""),
            notBefore: facts["Start date"].flatMap(CertificateFacts.date), notAfter: facts["Expire date"].flatMap(CertificateFacts.date))
    }
}

/// Reads what OpenSSL prints of a certificate.
enum CertificateFacts {
    /// A distinguished name without the blanks around its equals signs: `C=US, O=Example, CN=api.example.com`.
    static func name(_ printed: String) -> String {
        var name: [UInt8] = []
        var rest = Array(printed.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: " = ".utf8) {
                name.append(UInt8(ascii: "="))
                rest.removeFirst(3)
            } else {
                name.append(byte)
                rest.removeFirst()
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// A date as `Nov 20 09:38:00 2025 GMT`; nil when it is not one.
    static func date(_ printed: String) -> Timestamp? {
        let words = printed.split(separator: " ")
        guard words.count >= 4, let month = months.firstIndex(of: words[0]), let day = Int(words[1]), let year = Int(words[3]) else { return nil }
        let clock = words[2].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (1...31).contains(day), (0...9999).contains(year) else { return nil }
        let seconds = daysSince1970(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
        return Timestamp(seconds: Int64(seconds))
    }

    private static let months: [Substring] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Days of the Gregorian calendar, with years that begin in March so that the leap day is the last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        return marchYear * 365 + leapDays + dayOfYear - 719_468
    }
}
