/*
 * Counts what a process allocates, for costs.py: preloaded into the server (LD_PRELOAD), it keeps its counters in the file that
 * ALLOCATION_COUNTS names, mapped and shared, so that they are read from outside without asking the server anything.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct counts {
    _Atomic uint64_t allocations; /* calls that returned memory */
    _Atomic uint64_t releases;    /* calls that gave memory back */
    _Atomic int64_t live;         /* usable bytes that were not given back */
};

static struct counts unread, *counts = &unread;

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

__attribute__((constructor)) static void open_counts(void) {
    const char *path = getenv("ALLOCATION_COUNTS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED) counts = mapped;
}

static void *counted(void *memory) {
    if (memory) {
        atomic_fetch_add_explicit(&counts->allocations, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&counts->live, (int64_t)malloc_usable_size(memory), memory_order_relaxed);
    }
    return memory;
}

static void released(void *memory) {
    if (!memory) return;
    atomic_fetch_add_explicit(&counts->releases, 1, memory_order_relaxed);
    atomic_fetch_sub_explicit(&counts->live, (int64_t)malloc_usable_size(memory), memory_order_relaxed);
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return counted(__libc_calloc(count, size)); }
void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1))) return EINVAL;
    void *found = counted(__libc_memalign(alignment, size));
    if (!found) return ENOMEM;
    *memory = found;
    return 0;
}

void *realloc(void *memory, size_t size) {
    if (!memory) return malloc(size);
    int64_t before = (int64_t)malloc_usable_size(memory);
    void *moved = __libc_realloc(memory, size);
    if (moved) {
        atomic_fetch_add_explicit(&counts->allocations, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&counts->live, (int64_t)malloc_usable_size(moved) - before, memory_order_relaxed);
    } else if (!size) {
        atomic_fetch_add_explicit(&counts->releases, 1, memory_order_relaxed);
        atomic_fetch_sub_explicit(&counts->live, before, memory_order_relaxed);
    }
    return moved;
}

void free(void *memory) {
    released(memory);
    __libc_free(memory);
}
