// jansson for Swift: what its headers define as macros, and where it takes its memory.
#ifndef SONDE_CJANSSON_H
#define SONDE_CJANSSON_H

#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>

static inline size_t cjansson_strict_flags(void) {
    return JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
}

static inline size_t cjansson_lenient_flags(void) {
    return JSON_DECODE_ANY | JSON_ALLOW_NUL;
}

static inline json_type cjansson_type(const json_t *node) {
    return json_typeof(node);
}

// A document is loaded, copied to Swift and given up at once. A long one is a hundred thousand small pieces: they are cut from
// blocks that are released together, instead of being asked for and given back one by one.
struct cjansson_pool {
    struct cjansson_block {
        struct cjansson_block *earlier;
        max_align_t bytes[];
    } *blocks;
    char *next;
    size_t left;
};

enum { CJANSSON_BLOCK = 32 * 1024 };

// The pool of the document that this thread loads; null while it loads none.
static inline struct cjansson_pool **cjansson_pool_in_use(void) {
    static _Thread_local struct cjansson_pool *pool;
    return &pool;
}

static inline void *cjansson_allocate(size_t size) {
    struct cjansson_pool *pool = *cjansson_pool_in_use();
    if (!pool) return malloc(size);
    size = (size + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
    if (size > pool->left) {
        size_t room = size > CJANSSON_BLOCK ? size : CJANSSON_BLOCK;
        struct cjansson_block *block = malloc(sizeof(struct cjansson_block) + room);
        if (!block) return NULL;
        block->earlier = pool->blocks;
        pool->blocks = block;
        pool->next = (char *)block->bytes;
        pool->left = room;
    }
    void *memory = pool->next;
    pool->next += size;
    pool->left -= size;
    return memory;
}

// What belongs to a pool is released with it.
static inline void cjansson_free(void *memory) {
    if (!*cjansson_pool_in_use()) free(memory);
}

// To be called once, before anything is loaded.
static inline void cjansson_use_pools(void) {
    json_set_alloc_funcs(cjansson_allocate, cjansson_free);
}

// Everything that jansson allocates on this thread until the pool is closed is the pool's. Pools do not nest.
static inline void cjansson_open(struct cjansson_pool *pool) {
    *pool = (struct cjansson_pool){0};
    *cjansson_pool_in_use() = pool;
}

// Releases what was loaded; no node of it may be touched any more, nor released by itself.
static inline void cjansson_close(void) {
    struct cjansson_pool *pool = *cjansson_pool_in_use();
    *cjansson_pool_in_use() = NULL;
    while (pool->blocks) {
        struct cjansson_block *earlier = pool->blocks->earlier;
        free(pool->blocks);
        pool->blocks = earlier;
    }
}

#endif
