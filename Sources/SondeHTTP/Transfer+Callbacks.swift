import CCurl
import Sonde

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Transfer {
    /// Hangs the callbacks into the handle. Each gets this object unretained: the loop keeps it for as long as they can be called.
    func setCallbacks() {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe easy.set(CURLOPT_PRIVATE, to: context)
        unsafe easy.set(CURLOPT_WRITEDATA, to: context)
        unsafe easy.setWriter(CURLOPT_WRITEFUNCTION) { piece, _, count, context in
            let transfer = unsafe Transfer.at(context)
            return unsafe transfer.takeBody(UnsafeRawBufferPointer(start: piece, count: count)) ? count : 0
        }
        unsafe easy.set(CURLOPT_HEADERDATA, to: context)
        unsafe easy.setWriter(CURLOPT_HEADERFUNCTION) { line, _, count, context in
            let transfer = unsafe Transfer.at(context)
            return unsafe transfer.takeHeader(UnsafeRawBufferPointer(start: line, count: count)) ? count : 0
        }
        unsafe easy.set(CURLOPT_PREREQDATA, to: context)
        unsafe easy.setPrerequisite { context, peer, _, _, _ in
            let transfer = unsafe Transfer.at(context)
            return unsafe transfer.mayBeSent(to: peer) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        easy.set(CURLOPT_VERBOSE, to: 1)
        unsafe easy.set(CURLOPT_DEBUGDATA, to: context)
        unsafe easy.setListener { _, kind, text, count, context in
            let transfer = unsafe Transfer.at(context)
            switch kind {
            case CURLINFO_TEXT: unsafe transfer.reader.take(UnsafeRawBufferPointer(start: text, count: count), at: .now - transfer.started)
            case CURLINFO_SSL_DATA_OUT: transfer.reader.noteTLS()
            default: break
            }
            return 0
        }
        unsafe easy.set(CURLOPT_OPENSOCKETDATA, to: context)
        unsafe easy.setSocketOpener { context, _, address in
            // The address record is libcurl's and lives during the call.
            // swift-format-ignore: NeverForceUnwrap
            let (family, type, number) = unsafe (address!.pointee.family, address!.pointee.socktype, address!.pointee.protocol)
            let descriptor = Descriptors.openSocket(family, type, number)
            if descriptor < 0 { unsafe Transfer.at(context).socketError = errno }
            return descriptor
        }
    }

    /// The transfer behind the pointer that libcurl hands back.
    private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer {
        // Never null: it is the pointer set above.
        // swift-format-ignore: NeverForceUnwrap
        unsafe Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
    }

    private func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        let isWanted = unsafe body.take(piece, at: .now - started, atMost: order.request.limits.bodyBytes)
        if !isWanted { refusal = .bodyCut }
        return isWanted
    }

    private func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        let isWanted = unsafe head.take(line, atMost: order.request.limits.headerBytes)
        if !isWanted { refusal = .headersTooLong }
        return isWanted
    }

    /// Asked when the connection stands and nothing of the request has gone over it.
    ///
    /// Asked twice when a kept connection broke before the answer: libcurl repeats such a request without a word, also a paid one.
    /// Whether it is repeated is the caller's to decide, and to tell.
    private func mayBeSent(to peer: UnsafePointer<CChar>?) -> Bool {
        guard !isEstablished else {
            refusal = .repetition
            return false
        }
        // The connection stands, and the next thing libcurl would say holds our headers.
        easy.set(CURLOPT_VERBOSE, to: 0)
        if !isHTTPS, order.request.plainHTTP == .loopback {
            guard let peer = unsafe peer, Loopback.contains(unsafe String(cString: peer)) else {
                refusal = .notLoopback
                return false
            }
        }
        isEstablished = true
        return true
    }
}

/// The addresses that lead back to this machine.
enum Loopback {
    /// Says whether a numeric address is a loopback one: 127.0.0.0/8, ::1, or the former written as IPv6 (RFC 4291 section 2.5).
    static func contains(_ address: String) -> Bool {
        let address = address.hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
        return address == "::1" || (address.hasPrefix("127.") && !address.contains(":"))
    }
}
