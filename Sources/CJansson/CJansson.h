// jansson for Swift: what its headers define as macros.
#ifndef SONDE_CJANSSON_H
#define SONDE_CJANSSON_H

#include <jansson.h>

static inline size_t cjansson_strict_flags(void) {
    return JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
}

static inline size_t cjansson_lenient_flags(void) {
    return JSON_DECODE_ANY | JSON_ALLOW_NUL;
}

static inline json_type cjansson_type(const json_t *node) {
    return json_typeof(node);
}

#endif
