import CCurl
import Foundation
import Sonde
@testable import SondeHTTP
import Testing

/// How libcurl's codes become our words, where no server can bring a code about.
struct FailureTests {
    private func transfer(_ url: String = "https://127.0.0.1/", over route: Route = .direct()) throws -> Transfer {
        let share = try #require(RouteShare())
        return try #require(Transfer(Order(.request, Request(.get, url), route), share: share, now: .now))
    }

    private func kind(_ code: CURLcode, _ transfer: Transfer) throws -> TransportFailure.Kind {
        try transfer.outcome(code).failure().kind
    }

    @Test(arguments: [EMFILE, ENFILE, ENOMEM, ENOBUFS])
    func `running out of descriptors or memory is no word on the network`(number: Int32) throws {
        for code in [CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_OPERATION_TIMEDOUT] {
            let transfer = try transfer()
            transfer.socketError = number
            let failure = try transfer.outcome(code).failure()
            #expect(failure.kind == .resources && failure.phase == nil && failure.curlCode == Int(code.rawValue))
        }
    }

    @Test(arguments: [EAFNOSUPPORT, EACCES, 0])
    func `another socket error stays a connect failure`(number: Int32) throws {
        let transfer = try transfer()
        transfer.socketError = number
        #expect(try kind(CURLE_COULDNT_CONNECT, transfer) == .connect)
    }

    @Test func `every code has a kind, and only the fitting ones blame this side`() throws {
        var kinds: [TransportFailure.Kind: [UInt32]] = [:]
        for code in 0..<CURL_LAST.rawValue { kinds[try kind(CURLcode(rawValue: code), transfer()), default: []].append(code) }
        #expect(kinds[.nameResolution] == [6] && kinds[.proxyNameResolution] == [5] && kinds[.connect] == [7] && kinds[.timeout] == [28])
        #expect(kinds[.certificate] == [60, 83, 90, 91])
        #expect(kinds[.localCertificate] == [53, 54, 58, 59, 66, 77, 82])
        #expect(kinds[.unsendable] == [1, 3, 4, 41, 43, 48, 49, 67, 93])
        #expect(kinds[.resources] == [2, 27, 89, 99] && kinds[.interface] == [45] && kinds[.badEncoding] == [61])
    }

    @Test func `the same break is named by how far the transfer had come`() throws {
        let transfer = try transfer()
        #expect(try kind(CURLE_RECV_ERROR, transfer) == .tlsHandshake)
        transfer.isEstablished = true
        #expect(try kind(CURLE_RECV_ERROR, transfer) == .closed)
        var line = Array("HTTP/1.1 200 OK\r\n".utf8)
        let isTaken = unsafe line.withUnsafeMutableBytes { unsafe transfer.head.take(UnsafeRawBufferPointer($0), atMost: 1000) }
        #expect(isTaken)
        #expect(try kind(CURLE_RECV_ERROR, transfer) == .cut && kind(CURLE_OK, transfer) == .cut)

        let proxied = try self.transfer(over: .through(.http, port: 1))
        #expect(try kind(CURLE_RECV_ERROR, proxied) == .proxy && kind(CURLE_SSL_CONNECT_ERROR, proxied) == .proxy)
        proxied.isEstablished = true
        #expect(try kind(CURLE_RECV_ERROR, proxied) == .closed)
    }

    @Test(arguments: [
        ("Nov 20 09:38:00 2025 GMT", 1_763_631_480), ("Feb 29 00:00:01 2024 GMT", 1_709_164_801), ("Jan  1 00:00:00 1970 GMT", 0),
        ("Dec 31 23:59:59 1969 GMT", -1), ("Mar  1 00:00:00 2100 GMT", 4_107_542_400),
    ])
    func `OpenSSL's dates are read`(text: String, seconds: Int64) {
        #expect(Timestamp(httpDate: text) == Timestamp(seconds: seconds))
    }

    @Test(arguments: ["", "Nov 20", "Foo 20 09:38:00 2025 GMT", "Nov 99 09:38:00 2025 GMT", "Nov 20 0938 2025 GMT"])
    func `what is no date of OpenSSL's is none`(text: String) {
        #expect(Timestamp(httpDate: text) == nil)
    }
}
