#pragma once
#include <stddef.h>
#include <sys/types.h>

// What the C library offers to GNU programs alone, and Swift therefore does not see.

/// Starts a program in a folder, with default signals and no open files but its three streams.
///
/// With a terminal, that is all three streams and the program leads a session of its own; `streams` is then ignored.
/// Returns 0, or the number of the error.
int cspawn_start(
    const char *_Nonnull path, char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull variables,
    const char *_Nonnull folder, const int *_Nonnull streams, const char *_Nullable terminal, pid_t *_Nonnull id);

/// Opens a pseudo-terminal of this width and writes the other end's name. Returns the descriptor, or -1 with `errno`.
int cspawn_open_terminal(unsigned short columns, char *_Nonnull name, size_t size);
