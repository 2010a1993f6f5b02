import CCurl

/// One libcurl easy handle, which is one transfer. Frees it at its end.
///
/// Marked `@safe`: the pointer lives exactly as long as this value, and nothing outside of this file and the loop touches it.
@safe struct EasyHandle: ~Copyable {
    /// For the multi interface, which knows transfers by this pointer.
    let pointer: UnsafeMutableRawPointer
    /// libcurl writes its message for people here, even while the handle is being freed.
    private let errorText: UnsafeMutablePointer<CChar>
    /// The first option that libcurl did not take; a transfer with one is not sent.
    private(set) var refusedOption: CURLoption?

    /// Nil when there is no memory.
    init?() {
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe pointer = handle
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe note(ccurl_setopt_pointer(pointer, CURLOPT_ERRORBUFFER, errorText), CURLOPT_ERRORBUFFER)
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe errorText.deallocate()
    }

    private mutating func note(_ code: CURLcode, _ option: CURLoption) {
        if code != CURLE_OK, refusedOption == nil { refusedOption = option }
    }

    mutating func set(_ option: CURLoption, to value: Int) {
        unsafe note(ccurl_setopt_long(pointer, option, value), option)
    }

    /// Sets an option that this version of libcurl may lack, and that is no loss when it does.
    func setIfKnown(_ option: CURLoption, to value: Int) {
        _ = unsafe ccurl_setopt_long(pointer, option, value)
    }

    /// Sets a text, which libcurl copies; nil takes the value away.
    mutating func set(_ option: CURLoption, to value: String?) {
        if let value {
            unsafe note(ccurl_setopt_string(pointer, option, value), option)
        } else {
            unsafe note(ccurl_setopt_string(pointer, option, nil), option)
        }
    }

    /// Sets a text that ends in a zero byte, which libcurl copies.
    mutating func set(_ option: CURLoption, toTextAt text: UnsafePointer<CChar>) {
        unsafe note(ccurl_setopt_string(pointer, option, text), option)
    }

    /// Sets a context for callbacks, which must outlive the transfer.
    mutating func set(_ option: CURLoption, to context: UnsafeMutableRawPointer) {
        unsafe note(ccurl_setopt_pointer(pointer, option, context), option)
    }

    /// Sets a list, which must outlive the transfer.
    mutating func set(_ option: CURLoption, to list: borrowing TextList) {
        unsafe note(ccurl_setopt_list(pointer, option, list.first), option)
    }

    /// Sets the body of a POST; libcurl copies it.
    mutating func setBody(_ body: [UInt8]) {
        unsafe note(ccurl_setopt_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)), CURLOPT_POSTFIELDSIZE_LARGE)
        unsafe body.withUnsafeBytes { bytes in
            // An empty body has no address, but libcurl takes a null pointer for "read it from a callback".
            unsafe bytes.withMemoryRebound(to: CChar.self) { text in
                if let start = text.baseAddress, !body.isEmpty {
                    unsafe note(ccurl_setopt_string(pointer, CURLOPT_COPYPOSTFIELDS, start), CURLOPT_COPYPOSTFIELDS)
                } else {
                    unsafe note(ccurl_setopt_string(pointer, CURLOPT_COPYPOSTFIELDS, ""), CURLOPT_COPYPOSTFIELDS)
                }
            }
        }
    }

    mutating func setWriter(_ option: CURLoption, _ writer: @escaping curl_write_callback) {
        unsafe note(ccurl_setopt_write(pointer, option, writer), option)
    }

    mutating func setPrerequisite(_ callback: @escaping curl_prereq_callback) {
        unsafe note(ccurl_setopt_prereq(pointer, callback), CURLOPT_PREREQFUNCTION)
    }

    mutating func setListener(_ callback: @escaping curl_debug_callback) {
        unsafe note(ccurl_setopt_debug(pointer, callback), CURLOPT_DEBUGFUNCTION)
    }

    mutating func setSocketOpener(_ callback: @escaping curl_opensocket_callback) {
        unsafe note(ccurl_setopt_opensocket(pointer, callback), CURLOPT_OPENSOCKETFUNCTION)
    }

    func long(_ name: CURLINFO) -> Int {
        var value = 0
        return unsafe ccurl_getinfo_long(pointer, name, &value) == CURLE_OK ? value : 0
    }

    /// A time in microseconds as libcurl counts it, nil when it was not reached.
    func time(_ name: CURLINFO) -> Duration? {
        var value: curl_off_t = 0
        guard unsafe ccurl_getinfo_offset(pointer, name, &value) == CURLE_OK, value > 0 else { return nil }
        return .microseconds(value)
    }

    func text(_ name: CURLINFO) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard unsafe ccurl_getinfo_string(pointer, name, &value) == CURLE_OK, let value = unsafe value else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// libcurl's own words on what went wrong, or empty.
    var errorMessage: String { unsafe String(cString: errorText) }
}
