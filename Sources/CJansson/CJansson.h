// jansson for Swift: what its headers define as macros.
#ifndef SONDE_CJANSSON_H
#define SONDE_CJANSSON_H

#include <jansson.h>

#endif
