/*
 * What SQLite alone does on this disk: the rows of a sent message, in groups that share a commit, WAL and synchronous=FULL, one
 * thread, nothing else. The practical limit of the chat's writer.
 *
 *     sqlitebare FOLDER GROUP SECONDS      prints messages a second, microseconds of processor time a message, commits a second
 */
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static sqlite3 *db;

static void run(const char *sql) {
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error)) {
        fprintf(stderr, "sqlitebare: %s: %s\n", sql, error);
        exit(2);
    }
}

static sqlite3_stmt *prepared(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)) {
        fprintf(stderr, "sqlitebare: %s: %s\n", sql, sqlite3_errmsg(db));
        exit(2);
    }
    return statement;
}

static void done(sqlite3_stmt *statement) {
    int status;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) ;
    if (status != SQLITE_DONE) {
        fprintf(stderr, "sqlitebare: %s\n", sqlite3_errmsg(db));
        exit(2);
    }
    sqlite3_reset(statement);
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int group = atoi(argv[2]);
    double limit = atof(argv[3]);
    char path[4096];
    snprintf(path, sizeof path, "%s/bare-%d.sqlite", argv[1], group);
    if (sqlite3_open(path, &db)) return 2;
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768");
    run("CREATE TABLE conversations (id INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, last_n INTEGER NOT NULL, last_ts INTEGER NOT NULL) STRICT;"
        "INSERT INTO conversations WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i, 0, 0, 0 FROM n;"
        "CREATE TABLE messages (k INTEGER PRIMARY KEY, sender_id INTEGER NOT NULL, ts INTEGER NOT NULL, n INTEGER NOT NULL, cid BLOB, body TEXT NOT NULL) STRICT;"
        "CREATE TABLE send_keys (user_id INTEGER NOT NULL, cid BLOB NOT NULL, k INTEGER NOT NULL, hash INTEGER NOT NULL, at INTEGER NOT NULL,"
        " PRIMARY KEY (user_id, cid)) STRICT, WITHOUT ROWID;"
        "CREATE INDEX send_keys_by_time ON send_keys (at)");
    sqlite3_stmt *count = prepared("UPDATE conversations SET last_seq = last_seq + 1, last_n = last_n + 1, last_ts = ? WHERE id = ? RETURNING last_seq");
    sqlite3_stmt *message = prepared("INSERT INTO messages (k, sender_id, ts, n, cid, body) VALUES (?, ?, ?, ?, ?, ?)");
    sqlite3_stmt *key = prepared("INSERT INTO send_keys (user_id, cid, k, hash, at) VALUES (?, ?, ?, ?, ?)");
    double begin = seconds(CLOCK_MONOTONIC), busy = seconds(CLOCK_PROCESS_CPUTIME_ID), now;
    long messages = 0, commits = 0;
    while ((now = seconds(CLOCK_MONOTONIC)) - begin < limit) {
        run("BEGIN IMMEDIATE");
        for (int i = 0; i < group; i++, messages++) {
            long conversation = messages % 100 + 1, at = (long)(now * 1000);
            unsigned char cid[16];
            for (int b = 0; b < 16; b++) cid[b] = (unsigned char)rand();
            sqlite3_bind_int64(count, 1, at);
            sqlite3_bind_int64(count, 2, conversation);
            if (sqlite3_step(count) != SQLITE_ROW) return 2;
            long seq = sqlite3_column_int64(count, 0), k = conversation << 32 | seq;
            done(count);
            sqlite3_bind_int64(message, 1, k);
            sqlite3_bind_int64(message, 2, messages % 256);
            sqlite3_bind_int64(message, 3, at);
            sqlite3_bind_int64(message, 4, seq);
            sqlite3_bind_blob(message, 5, cid, sizeof cid, SQLITE_STATIC);
            sqlite3_bind_text(message, 6, "message 12345 of writer 123, who says it", -1, SQLITE_STATIC);
            done(message);
            sqlite3_bind_int64(key, 1, messages % 256);
            sqlite3_bind_blob(key, 2, cid, sizeof cid, SQLITE_STATIC);
            sqlite3_bind_int64(key, 3, k);
            sqlite3_bind_int64(key, 4, 4711);
            sqlite3_bind_int64(key, 5, at);
            done(key);
        }
        run("COMMIT");
        commits++;
    }
    double wall = now - begin;
    busy = seconds(CLOCK_PROCESS_CPUTIME_ID) - busy;
    printf("{\"group\":%d,\"per_s\":%.1f,\"cpu_us\":%.2f,\"commits_per_s\":%.1f}\n", group, (double)messages / wall,
           busy / (double)messages * 1e6, (double)commits / wall);
    return 0;
}
