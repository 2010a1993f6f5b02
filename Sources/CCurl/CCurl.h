// libcurl for Swift: the variadic calls, one function per kind of argument. Swift cannot call C variadics, and
// libcurl cannot check the type of what it is given, so each parameter is typed exactly.
#ifndef SONDE_CCURL_H
#define SONDE_CCURL_H

#include <curl/curl.h>

static inline CURLcode ccurl_setopt_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

#endif
