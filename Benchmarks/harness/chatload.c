/*
 * Writes into the chat as many people at once and measures what they see: how long until a message is acknowledged, which is after
 * its fsync, and until its readers have it. One thread, epoll, WebSockets.
 *
 *     chatload --port P --people FILE [--rate R] [--window W] [--seconds S] [--warmup S] [--pid P]
 *
 * FILE has a line for each writer: the token of a session, a blank, and the conversations that they write into in turn, with commas.
 * Without --rate everybody keeps W messages unacknowledged (closed loop); with it R messages a second are offered in total, and a
 * latency counts from when the message was due. Prints one line of JSON. Status 1 when a message was refused or lost.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define RING 16384u /* unacknowledged messages of a writer, at most */
#define NS 1000000000ull

struct writer {
    int fd;
    char *in;
    size_t in_size, in_room;
    char *out;
    size_t out_size, out_room;
    bool waits;                  /* for EPOLLOUT */
    int state;                   /* 0 upgrade, 1 open packet, 2 connect packet, 3 hello, 4 ready */
    char token[256];
    char **conversations;
    unsigned conversation_count, next_conversation;
    uint64_t sent, acknowledged; /* messages; also the ids of acknowledgements */
    uint64_t *due;               /* of message n at n % RING */
};

static struct { int port; const char *people; double rate, seconds, warmup; unsigned window; int pid; } options = {
    .seconds = 5, .warmup = 1, .window = 1};
static struct writer *writers;
static unsigned writer_count, ready_count;
static int poll_fd;
static uint32_t nonce;
static uint64_t measured_from, measured_to, refused, delivered, acked, overdue;
static uint32_t *ack_times, *delivery_times; /* microseconds */
static size_t ack_count, ack_room, delivery_count, delivery_room;

static void die(const char *format, ...) {
    va_list rest;
    va_start(rest, format);
    fputs("chatload: ", stderr);
    vfprintf(stderr, format, rest);
    fputc('\n', stderr);
    va_end(rest);
    exit(2);
}

static void *resized(void *memory, size_t size) {
    memory = realloc(memory, size);
    if (!memory) die("out of memory");
    return memory;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * NS + (uint64_t)time.tv_nsec;
}

static void keep(uint32_t **times, size_t *count, size_t *room, uint64_t nanoseconds) {
    if (*count == *room) *times = resized(*times, (*room = *room ? *room * 2 : 65536) * sizeof **times);
    uint64_t microseconds = nanoseconds / 1000;
    (*times)[(*count)++] = microseconds > UINT32_MAX ? UINT32_MAX : (uint32_t)microseconds;
}

static void flush_out(struct writer *w) {
    size_t done = 0;
    while (done < w->out_size) {
        ssize_t n = send(w->fd, w->out + done, w->out_size - done, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN) break;
        if (n < 0) die("send: %s", strerror(errno));
        done += (size_t)n;
    }
    memmove(w->out, w->out + done, w->out_size - done);
    w->out_size -= done;
    bool waits = w->out_size > 0;
    if (waits != w->waits) {
        w->waits = waits;
        struct epoll_event event = {.events = EPOLLIN | (waits ? EPOLLOUT : 0u), .data.ptr = w};
        epoll_ctl(poll_fd, EPOLL_CTL_MOD, w->fd, &event);
    }
}

static char *out_place(struct writer *w, size_t size) {
    if (w->out_size + size > w->out_room) w->out = resized(w->out, w->out_room = (w->out_size + size) * 2);
    char *place = w->out + w->out_size;
    w->out_size += size;
    return place;
}

/* A masked text frame; the mask is never zero, as no client's is. */
static void frame(struct writer *w, const char *text, size_t size) {
    size_t head = size < 126 ? 6 : 8;
    if (size > 65535) die("a packet of %zu bytes", size);
    uint8_t *to = (uint8_t *)out_place(w, head + size), mask[4] = {0x5a, 0xc3, 0x17, 0x99};
    to[0] = 0x81;
    to[1] = (uint8_t)(0x80 | (size < 126 ? size : 126));
    if (size >= 126) to[2] = (uint8_t)(size >> 8), to[3] = (uint8_t)size;
    memcpy(to + head - 4, mask, 4);
    for (size_t i = 0; i < size; i++) to[head + i] = (uint8_t)text[i] ^ mask[i & 3];
}

static void write_message(struct writer *w, uint64_t due) {
    if (w->sent - w->acknowledged >= RING) { overdue++; return; }
    char text[512];
    const char *conversation = w->conversations[w->next_conversation];
    w->next_conversation = (w->next_conversation + 1) % w->conversation_count;
    int size = snprintf(text, sizeof text,
        "42%" PRIu64 "[\"send\",{\"c\":\"%s\",\"cid\":\"%08x-%04x-4000-8000-%012" PRIx64 "\",\"body\":\"message %" PRIu64
        " of writer %u, who says it\"}]", w->sent, conversation, nonce, (unsigned)(w - writers), w->sent, w->sent, (unsigned)(w - writers));
    w->due[w->sent % RING] = due;
    w->sent++;
    frame(w, text, (size_t)size);
}

static void heard(struct writer *w, const char *text, size_t size, uint64_t at) {
    if (size == 1 && text[0] == '2') { frame(w, "3", 1); return; }
    if (w->state == 1 && text[0] == '0') {
        char packet[320];
        frame(w, packet, (size_t)snprintf(packet, sizeof packet, "40{\"token\":\"%s\"}", w->token));
        w->state = 2;
        return;
    }
    if (w->state == 2) {
        if (size < 3 || memcmp(text, "40{", 3)) die("not let in: %.*s", (int)(size < 200 ? size : 200), text);
        w->state = 3;
        return;
    }
    if (w->state == 3 && size > 9 && !memcmp(text, "42[\"hello", 9)) { w->state = 4; ready_count++; return; }
    if (size > 3 && !memcmp(text, "43", 2)) {
        uint64_t number = strtoull(text + 2, NULL, 10);
        if (number >= w->sent) die("an acknowledgement of what was not said");
        uint64_t due = w->due[number % RING];
        w->acknowledged++;
        if (!memmem(text, size, "\"ok\":true", 9)) {
            if (!refused++) fprintf(stderr, "chatload: refused: %.*s\n", (int)(size < 300 ? size : 300), text);
        } else if (at >= measured_from && at < measured_to) {
            acked++;
            if (due >= measured_from) keep(&ack_times, &ack_count, &ack_room, at - due);
        }
        if (!options.rate && at < measured_to) write_message(w, now());
        return;
    }
    if (size > 9 && !memcmp(text, "42[\"msg\",", 9)) {
        const char *cid = memmem(text, size, "\"cid\":\"", 7);
        if (!cid || cid + 43 > text + size) return;
        char number[13] = {0};
        memcpy(number, cid + 7 + 24, 12);
        if (strtoul(cid + 7, NULL, 16) != nonce) return;
        unsigned from = (unsigned)strtoul(cid + 7 + 9, NULL, 16);
        uint64_t message = strtoull(number, NULL, 16);
        if (from >= writer_count || message >= writers[from].sent) die("a message that nobody wrote");
        uint64_t due = writers[from].due[message % RING];
        if (at >= measured_from && at < measured_to) {
            delivered++;
            if (due >= measured_from && due <= at) keep(&delivery_times, &delivery_count, &delivery_room, at - due);
        }
    }
}

static void take(struct writer *w) {
    if (w->in_room - w->in_size < 65536) w->in = resized(w->in, w->in_room = w->in_room * 2 + 131072);
    ssize_t n = recv(w->fd, w->in + w->in_size, w->in_room - w->in_size - 1, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) die("writer %u lost its connection: %s", (unsigned)(w - writers), n ? strerror(errno) : "closed");
    w->in_size += (size_t)n;
    w->in[w->in_size] = 0;
    size_t used = 0;
    uint64_t at = now();
    if (w->state == 0) {
        char *end = memmem(w->in, w->in_size, "\r\n\r\n", 4);
        if (!end) return;
        if (strncmp(w->in, "HTTP/1.1 101", 12)) die("no WebSocket: %.60s", w->in);
        used = (size_t)(end + 4 - w->in);
        w->state = 1;
    }
    while (w->in_size - used >= 2) {
        uint8_t *frame_at = (uint8_t *)w->in + used;
        size_t size = frame_at[1] & 127, head = 2;
        if (size == 126) {
            if (w->in_size - used < 4) break;
            size = (size_t)frame_at[2] << 8 | frame_at[3], head = 4;
        } else if (size == 127) {
            if (w->in_size - used < 10) break;
            size = 0, head = 10;
            for (int i = 2; i < 10; i++) size = size << 8 | frame_at[i];
        }
        if (w->in_size - used < head + size) break;
        if ((frame_at[0] & 15) == 8) die("writer %u: the server has closed the WebSocket", (unsigned)(w - writers));
        /* The byte after the packet belongs to the next frame: a terminator for strtoull is put there for a moment. */
        char *text = w->in + used + head, saved = text[size];
        text[size] = 0;
        heard(w, text, size, at);
        text[size] = saved;
        used += head + size;
    }
    memmove(w->in, w->in + used, w->in_size - used);
    w->in_size -= used;
    if (w->out_size) flush_out(w);
}

static void read_people(void) {
    FILE *file = fopen(options.people, "r");
    if (!file) die("%s: %s", options.people, strerror(errno));
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) > 0) {
        writers = resized(writers, (writer_count + 1) * sizeof *writers);
        struct writer *w = &writers[writer_count++];
        memset(w, 0, sizeof *w);
        char *list = strchr(line, ' ');
        if (!list || (size_t)(list - line) >= sizeof w->token) die("%s: a line without a token", options.people);
        *list++ = 0;
        strcpy(w->token, line);
        for (char *one = strtok(list, ",\n"); one; one = strtok(NULL, ",\n")) {
            w->conversations = resized(w->conversations, (w->conversation_count + 1) * sizeof(char *));
            w->conversations[w->conversation_count++] = strdup(one);
        }
        if (!w->conversation_count) die("%s: a writer without a conversation", options.people);
        w->due = resized(NULL, RING * sizeof *w->due);
    }
    fclose(file);
    free(line);
    if (!writer_count) die("%s: nobody", options.people);
}

static void open_connection(struct writer *w) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (w->fd < 0 || connect(w->fd, (struct sockaddr *)&to, sizeof to)) die("connect: %s", strerror(errno));
    int one = 1;
    setsockopt(w->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = w};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, w->fd, &event);
    const char *request = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    memcpy(out_place(w, strlen(request)), request, strlen(request));
    flush_out(w);
}

static void wait_for_events(uint64_t until) {
    struct epoll_event events[256];
    uint64_t at = now(), left = until > at ? until - at : 0;
    if (left > NS / 10) left = NS / 10;
    struct timespec time = {.tv_sec = 0, .tv_nsec = (long)left};
    int count = epoll_pwait2(poll_fd, events, 256, &time, NULL);
    for (int i = 0; i < count; i++) {
        struct writer *w = events[i].data.ptr;
        if (events[i].events & EPOLLOUT) flush_out(w);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(w);
    }
}

static double server_seconds(void) {
    if (!options.pid) return 0;
    char path[64], text[1024] = {0};
    snprintf(path, sizeof path, "/proc/%d/stat", options.pid);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(text, sizeof text, file)) die("%s cannot be read", path);
    fclose(file);
    unsigned long user = 0, system = 0;
    char *rest = strrchr(text, ')');
    if (!rest || sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) die("%s is odd", path);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static double own_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double quantile(uint32_t *times, size_t count, double share) {
    if (!count) return 0;
    size_t at = (size_t)(share * (double)count);
    return times[at < count ? at : count - 1];
}

static uint64_t unacknowledged(void) {
    uint64_t total = 0;
    for (unsigned i = 0; i < writer_count; i++) total += writers[i].sent - writers[i].acknowledged;
    return total;
}

int main(int argc, char **argv) {
    static const struct option names[] = {
        {"port", 1, 0, 'p'}, {"people", 1, 0, 'f'}, {"rate", 1, 0, 'r'}, {"window", 1, 0, 'w'}, {"seconds", 1, 0, 's'},
        {"warmup", 1, 0, 'u'}, {"pid", 1, 0, 'i'}, {0, 0, 0, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) switch (option) {
        case 'p': options.port = atoi(optarg); break;
        case 'f': options.people = optarg; break;
        case 'r': options.rate = atof(optarg); break;
        case 'w': options.window = (unsigned)atoi(optarg); break;
        case 's': options.seconds = atof(optarg); break;
        case 'u': options.warmup = atof(optarg); break;
        case 'i': options.pid = atoi(optarg); break;
        default: return 2;
    }
    if (!options.port || !options.people || options.window < 1 || options.window > RING) die("--port and --people are needed");
    signal(SIGPIPE, SIG_IGN);
    nonce = (uint32_t)(now() ^ (uint64_t)getpid() << 16);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    read_people();
    measured_from = measured_to = UINT64_MAX;
    uint64_t patience = now() + 60 * NS;
    for (unsigned i = 0; i < writer_count; i++) {
        open_connection(&writers[i]);
        while (ready_count + 32 < i && now() < patience) wait_for_events(patience);
    }
    while (ready_count < writer_count && now() < patience) wait_for_events(patience);
    if (ready_count < writer_count) die("%u of %u writers were let in", ready_count, writer_count);

    uint64_t begin = now(), next = 0;
    measured_from = begin + (uint64_t)(options.warmup * 1e9);
    measured_to = measured_from + (uint64_t)(options.seconds * 1e9);
    if (!options.rate) for (unsigned i = 0; i < writer_count; i++) {
        for (unsigned k = 0; k < options.window; k++) write_message(&writers[i], now());
        flush_out(&writers[i]);
    }
    bool started = false;
    double server = 0, own = 0;
    while (now() < measured_to) {
        if (!started && now() >= measured_from) started = true, server = server_seconds(), own = own_seconds();
        uint64_t due = measured_to;
        while (options.rate > 0 && (due = begin + (uint64_t)((double)next / options.rate * 1e9)) <= now() && due < measured_to) {
            struct writer *w = &writers[next++ % writer_count];
            write_message(w, due);
            flush_out(w);
        }
        wait_for_events(due < measured_to ? due : measured_to);
    }
    server = server_seconds() - server, own = own_seconds() - own;
    uint64_t end = now() + 10 * NS;
    while (unacknowledged() && now() < end) wait_for_events(end);
    uint64_t lost = unacknowledged();
    qsort(ack_times, ack_count, sizeof *ack_times, by_size);
    qsort(delivery_times, delivery_count, sizeof *delivery_times, by_size);
    printf("{\"writers\":%u,\"rate\":%.0f,\"acked\":%" PRIu64 ",\"per_s\":%.1f,\"ack_p50_us\":%.0f,\"ack_p99_us\":%.0f,\"delivered\":%" PRIu64
           ",\"deliveries_per_s\":%.1f,\"delivery_p50_us\":%.0f,\"delivery_p99_us\":%.0f,\"server_cpu_us\":%.1f,\"server_busy\":%.3f,"
           "\"generator_busy\":%.3f,\"refused\":%" PRIu64 ",\"lost\":%" PRIu64 ",\"overdue\":%" PRIu64 "}\n",
           writer_count, options.rate, acked, (double)acked / options.seconds, quantile(ack_times, ack_count, .5),
           quantile(ack_times, ack_count, .99), delivered, (double)delivered / options.seconds,
           quantile(delivery_times, delivery_count, .5), quantile(delivery_times, delivery_count, .99),
           acked ? server / (double)acked * 1e6 : 0, server / options.seconds, own / options.seconds, refused, lost, overdue);
    return refused || lost || overdue || !acked;
}
