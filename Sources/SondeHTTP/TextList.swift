import CCurl
import Sonde

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A libcurl list of texts: headers, overrides. Erases and frees them at its end, since a text may hold a secret.
///
/// Marked `@safe`: the list lives exactly as long as this value.
@safe struct TextList: ~Copyable {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init() {}

    init(_ texts: [String]) {
        for text in texts { append(text) }
    }

    deinit {
        var node = unsafe first
        while let current = unsafe node {
            if let text = unsafe current.pointee.data {
                // Ours alone by now: the transfer that read it is over.
                unsafe ccurl_erase(text, strlen(text))
            }
            unsafe node = current.pointee.next
        }
        unsafe curl_slist_free_all(first)
    }

    mutating func append(_ text: String) {
        // The list stays as it was when there is no memory for one more.
        if let list = unsafe curl_slist_append(first, text) { unsafe first = list }
    }

    /// Appends a text made of pieces, one of which is secret: no copy outside this list survives the call.
    mutating func append(_ start: String, _ secret: Secret) {
        let start = Array(start.utf8)
        unsafe secret.withErasedText(after: start) { text in
            if let list = unsafe curl_slist_append(first, text) { unsafe first = list }
        }
    }
}
