// libcurl for Swift: the variadic calls, one function per kind of argument. Swift cannot call C variadics, and
// libcurl cannot check the type of what it is given, so each parameter is typed exactly.
#ifndef SONDE_CCURL_H
#define SONDE_CCURL_H

#include <curl/curl.h>
#include <stddef.h>

static inline CURLcode ccurl_setopt_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// A null pointer takes the option's value away.
static inline CURLcode ccurl_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

// libcurl does not copy the list: it must outlive the transfer.
static inline CURLcode ccurl_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_setopt_write(CURL *handle, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_setopt_prereq(CURL *handle, curl_prereq_callback value) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode ccurl_setopt_opensocket(CURL *handle, curl_opensocket_callback value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode ccurl_setopt_debug(CURL *handle, curl_debug_callback value) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLcode ccurl_getinfo_long(CURL *handle, CURLINFO name, long *value) {
    return curl_easy_getinfo(handle, name, value);
}

static inline CURLcode ccurl_getinfo_offset(CURL *handle, CURLINFO name, curl_off_t *value) {
    return curl_easy_getinfo(handle, name, value);
}

// The text belongs to the handle.
static inline CURLcode ccurl_getinfo_string(CURL *handle, CURLINFO name, char **value) {
    return curl_easy_getinfo(handle, name, value);
}

static inline void *ccurl_getinfo_private(CURL *handle) {
    char *value = NULL;
    return curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode ccurl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLSHcode ccurl_share_data(CURLSH *share, curl_lock_data data) {
    return curl_share_setopt(share, CURLSHOPT_SHARE, (int)data);
}

// Overwrites memory that held a secret; the compiler may not leave it out.
static inline void ccurl_erase(void *memory, size_t count) {
    volatile unsigned char *byte = memory;
    while (count--)
        *byte++ = 0;
}

#endif
