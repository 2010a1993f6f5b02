import CCurl

/// libcurl itself: started once, never shut down.
///
/// `curl_global_cleanup` is left out on purpose: at exit it would race the clean-up that OpenSSL runs by itself.
public enum CurlLibrary {
    /// Says whether libcurl could be started.
    static let isStarted = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// libcurl and what it was built with: `libcurl/7.88.1 OpenSSL/3.0.15 zlib/1.2.13 …`.
    public static let version: String = {
        // The text is static memory of libcurl's and never null.
        unsafe String(cString: curl_version())
    }()

    /// The certificate bundle libcurl was built to use, or nil.
    static let certificateBundle: String? = {
        // The version record is static memory of libcurl's and never null; `cainfo` is there since version 7.70.
        guard let version = unsafe curl_version_info(CURLVERSION_SEVENTH), unsafe version.pointee.age.rawValue >= CURLVERSION_SEVENTH.rawValue,
            let path = unsafe version.pointee.cainfo
        else { return nil }
        return unsafe String(cString: path)
    }()
}
