// libmicrohttpd for Swift: the variadic calls and the unions, one function for each use. Swift cannot call C variadics,
// and libmicrohttpd cannot check what it is given, so every parameter is typed exactly here.
#ifndef SONDE_CMICROHTTPD_H
#define SONDE_CMICROHTTPD_H

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

// Starts one daemon with one polling thread. The address must be complete (family, address, port); it is copied by the
// kernel on bind, so it need not outlive the call. NULL means failure, and errno says why.
static inline struct MHD_Daemon *cmicrohttpd_start(
    const struct sockaddr *address, bool ipv6, MHD_AccessHandlerCallback handler,
    void *(*arrival)(void *context, const char *target, struct MHD_Connection *connection),
    MHD_RequestCompletedCallback completed, void *context, unsigned int connection_limit, size_t memory_limit) {
    unsigned int flags = MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (ipv6 ? MHD_USE_IPv6 : 0);
    errno = 0;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_URI_LOG_CALLBACK, arrival,
        context, MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_CONNECTION_LIMIT, connection_limit,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory_limit, MHD_OPTION_END);
}

// Fills in the socket address of a loopback address in numbers: any of 127.0.0.0/8 (RFC 1122), or ::1 (RFC 4291).
// Gives its family, or 0 for every other text.
static inline int cmicrohttpd_loopback(const char *text, uint16_t port, struct sockaddr_storage *address) {
    struct sockaddr_in *ipv4 = (struct sockaddr_in *)address;
    struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)address;
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, text, &ipv4->sin_addr) == 1 && ntohl(ipv4->sin_addr.s_addr) >> 24 == 127) {
        ipv4->sin_family = AF_INET;
        ipv4->sin_port = htons(port);
        return AF_INET;
    }
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET6, text, &ipv6->sin6_addr) == 1 && IN6_IS_ADDR_LOOPBACK(&ipv6->sin6_addr)) {
        ipv6->sin6_family = AF_INET6;
        ipv6->sin6_port = htons(port);
        return AF_INET6;
    }
    return 0;
}

// Writes the address of the caller in numbers; false when it cannot be told.
static inline bool cmicrohttpd_source(struct MHD_Connection *connection, char *text, socklen_t size) {
    const union MHD_ConnectionInfo *found = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!found || !found->client_addr) return false;
    const struct sockaddr *address = found->client_addr;
    if (address->sa_family == AF_INET)
        return inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, size) != NULL;
    if (address->sa_family == AF_INET6)
        return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, size) != NULL;
    return false;
}

// The port that the daemon listens on, 0 when it cannot be told.
static inline uint16_t cmicrohttpd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *found = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return found ? found->port : 0;
}

// The socket of a connection, -1 when there is none.
static inline int cmicrohttpd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *found = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return found ? found->connect_fd : -1;
}

// Dissolves the association of a TCP socket, for which the kernel sends a reset to the peer.
static inline void cmicrohttpd_reset(int descriptor) {
    struct sockaddr nowhere;
    memset(&nowhere, 0, sizeof nowhere);
    nowhere.sa_family = AF_UNSPEC;
    (void)connect(descriptor, &nowhere, sizeof nowhere);
}

#endif
