import CCurl

/// libcurl itself: started once, never shut down.
///
/// `curl_global_cleanup` is left out on purpose: at exit it would race the clean-up that OpenSSL runs by itself.
enum CurlLibrary {
    /// Says whether libcurl could be started.
    static let isStarted = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// The certificate bundle libcurl was built to use, or nil.
    static let certificateBundle: String? = {
        // The version record is static memory of libcurl's and never null; `cainfo` is there since version 7.70.
        guard let version = unsafe curl_version_info(CURLVERSION_SEVENTH), unsafe version.pointee.age.rawValue >= CURLVERSION_SEVENTH.rawValue,
            let path = unsafe version.pointee.cainfo
        else { return nil }
        return unsafe String(cString: path)
    }()
}
