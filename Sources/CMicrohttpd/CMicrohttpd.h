// libmicrohttpd for Swift: the variadic calls, one function per kind of argument.
#ifndef SONDE_CMICROHTTPD_H
#define SONDE_CMICROHTTPD_H

#include <microhttpd.h>

#endif
