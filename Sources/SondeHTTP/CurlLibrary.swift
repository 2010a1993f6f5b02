import CCurl

/// libcurl itself: started once, never shut down.
///
/// `curl_global_cleanup` is left out on purpose: at exit it would race the clean-up that OpenSSL runs by itself.
public enum CurlLibrary {
    /// Says whether libcurl could be started.
    static let isStarted = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// libcurl and what of its parts matters here: `libcurl/7.88.1 OpenSSL/3.0.15 zlib/1.2.13 nghttp2/1.52.0`.
    ///
    /// Not `curl_version()`: with LDAP built in, that starts libldap, which asks the resolver for this machine's name and may hang.
    public static let version: String = {
        // The version record and its texts are static memory of libcurl's; `nghttp2_version` is there since version 7.66.
        guard let record = unsafe curl_version_info(CURLVERSION_SIXTH) else { return "libcurl" }
        let isRecent = unsafe record.pointee.age.rawValue >= CURLVERSION_SIXTH.rawValue
        let texts: [(name: String, text: UnsafePointer<CChar>?)] = unsafe [
            ("libcurl/", record.pointee.version), ("", record.pointee.ssl_version), ("zlib/", record.pointee.libz_version),
            ("nghttp2/", isRecent ? record.pointee.nghttp2_version : nil),
        ]
        let parts = unsafe texts.compactMap { part in unsafe part.text.map { unsafe part.name + String(cString: $0) } }
        return parts.joined(separator: " ")
    }()

    /// The certificate bundle libcurl was built to use, or nil.
    static let certificateBundle: String? = {
        // The version record is static memory of libcurl's and never null; `cainfo` is there since version 7.70.
        guard let version = unsafe curl_version_info(CURLVERSION_SEVENTH),
            unsafe version.pointee.age.rawValue >= CURLVERSION_SEVENTH.rawValue,
            let path = unsafe version.pointee.cainfo
        else { return nil }
        return unsafe String(cString: path)
    }()
}
