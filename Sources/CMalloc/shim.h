#pragma once

#include <stdio.h>
#include <unistd.h>

#define CMALLOC_CAN_TRIM 0
#if defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 33)
#include <malloc.h>
#undef CMALLOC_CAN_TRIM
#define CMALLOC_CAN_TRIM 1
#endif
#endif

/// Bytes of memory of the process's own (neither shared nor of a file) that are resident; 0 where the system does not tell.
static inline size_t cmalloc_resident_bytes(void) {
    size_t all = 0, resident = 0, shared = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm == NULL) return 0;
    int found = fscanf(statm, "%zu %zu %zu", &all, &resident, &shared);
    fclose(statm);
    long page = sysconf(_SC_PAGESIZE);
    return found == 3 && resident > shared && page > 0 ? (resident - shared) * (size_t)page : 0;
}

/// Bytes that the allocator has given out, over all its arenas.
static inline size_t cmalloc_used_bytes(void) {
#if CMALLOC_CAN_TRIM
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

/// Gives pages without a used byte back to the system; where the allocator cannot, nothing happens.
static inline void cmalloc_trim(void) {
#if CMALLOC_CAN_TRIM
    malloc_trim(0);
#endif
}

/// Whether ``cmalloc_trim`` does anything.
static inline int cmalloc_can_trim(void) { return CMALLOC_CAN_TRIM; }
