internal import GRDB

/// The tables, as named steps that are only ever added to.
///
/// Messages are clustered by conversation: their key is `conversation << 32 | seq`, so that a page of history is one
/// short range. Nothing is stored per recipient and message: what is unread is the difference of two counters.
/// Public ids are texts beside the short integer keys that rows refer to each other by.
enum Schema {
    /// "PRLY": marks the file as ours, see `PRAGMA application_id`.
    static let applicationID: Int32 = 0x5052_4C59

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 server", foreignKeyChecks: .immediate) { try $0.execute(sql: server) }
        migrator.registerMigration("002 accounts", foreignKeyChecks: .immediate) {
            try $0.execute(sql: accounts)
        }
        migrator.registerMigration("003 conversations", foreignKeyChecks: .immediate) {
            try $0.execute(sql: conversations)
        }
        migrator.registerMigration("004 messages", foreignKeyChecks: .immediate) {
            try $0.execute(sql: messages)
        }
        migrator.registerMigration("006 people", foreignKeyChecks: .immediate) { try migratePeople($0) }
        migrator.registerMigration("007 rooms", foreignKeyChecks: .immediate) { try $0.execute(sql: rooms) }
        migrator.registerMigration("008 files", foreignKeyChecks: .immediate) { try $0.execute(sql: files) }
        migrator.registerMigration("009 changes", foreignKeyChecks: .immediate) {
            try $0.execute(sql: changes)
        }
        migrator.registerMigration("010 search", foreignKeyChecks: .immediate) {
            try $0.execute(sql: search)
        }
        migrator.registerMigration("011 removals", foreignKeyChecks: .immediate) {
            try $0.execute(sql: removals)
        }
        migrator.registerMigration("012 previews", foreignKeyChecks: .immediate) {
            try $0.execute(sql: previews)
        }
        migrator.registerMigration("013 push", foreignKeyChecks: .immediate) { try $0.execute(sql: push) }
        migrator.registerMigration("014 bots", foreignKeyChecks: .immediate) { try $0.execute(sql: bots) }
        migrator.registerMigration("016 imports", foreignKeyChecks: .immediate) {
            try $0.execute(sql: imports)
        }
        migrator.registerMigration("017 retention", foreignKeyChecks: .immediate) {
            try $0.execute(sql: retention)
        }
        return migrator
    }

    private static let server = """
        PRAGMA application_id = \(applicationID);
        CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO meta (key, value) VALUES ('epoch', lower(hex(randomblob(8))));
        """

    // credentials.kind: 1 password. users.role: 0 person, 1 administrator. users.state: 0 active.
    private static let accounts = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            pub TEXT NOT NULL UNIQUE,
            username TEXT NOT NULL COLLATE NOCASE UNIQUE,
            name TEXT NOT NULL,
            name_fold TEXT NOT NULL,
            role INTEGER NOT NULL,
            state INTEGER NOT NULL DEFAULT 0,
            rev INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX users_by_name ON users (name_fold);
        CREATE TABLE credentials (
            id INTEGER PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id),
            kind INTEGER NOT NULL,
            secret TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX credentials_by_user ON credentials (user_id, kind);
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            pub TEXT NOT NULL UNIQUE,
            token_hash BLOB NOT NULL UNIQUE,
            user_id INTEGER NOT NULL REFERENCES users (id),
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sessions_by_user ON sessions (user_id);
        CREATE INDEX sessions_by_end ON sessions (expires_at);
        CREATE TABLE invites (
            code_hash BLOB PRIMARY KEY NOT NULL,
            by_user INTEGER NOT NULL REFERENCES users (id),
            max_uses INTEGER NOT NULL,
            uses INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX invites_by_end ON invites (expires_at);
        """

    // conversations.kind: 0 notes, 1 direct, 3 public room, 4 private room (2 is a group, 5 is kept free for
    // broadcasts). memberships.role: 0 member, 1 owner, 2 moderator. last_n counts messages of people; read_n is its value at
    // read_seq. Messages below min_seq are no longer kept; positions below it count as standing just before it.
    private static let conversations = """
        CREATE TABLE conversations (
            id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 2147483648),
            pub TEXT NOT NULL UNIQUE,
            kind INTEGER NOT NULL,
            dm_key TEXT UNIQUE,
            name TEXT NOT NULL DEFAULT '',
            topic TEXT NOT NULL DEFAULT '',
            name_fold TEXT NOT NULL DEFAULT '',
            topic_fold TEXT NOT NULL DEFAULT '',
            created_by INTEGER NOT NULL REFERENCES users (id),
            created_at INTEGER NOT NULL,
            last_seq INTEGER NOT NULL DEFAULT 0 CHECK (last_seq < 4294967296),
            last_n INTEGER NOT NULL DEFAULT 0,
            last_ts INTEGER NOT NULL,
            rev INTEGER NOT NULL DEFAULT 0,
            min_seq INTEGER NOT NULL DEFAULT 1,
            members INTEGER NOT NULL DEFAULT 0,
            flags INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX conversations_public ON conversations (name_fold) WHERE kind = 3;
        CREATE TABLE memberships (
            user_id INTEGER NOT NULL REFERENCES users (id),
            conv_id INTEGER NOT NULL REFERENCES conversations (id),
            role INTEGER NOT NULL,
            joined_at INTEGER NOT NULL,
            joined_seq INTEGER NOT NULL,
            read_seq INTEGER NOT NULL,
            read_n INTEGER NOT NULL,
            read_rr INTEGER NOT NULL DEFAULT 0,
            got_seq INTEGER NOT NULL,
            flags INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (user_id, conv_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX memberships_by_conversation ON memberships (conv_id, user_id);
        """

    // messages.k: conversation << 32 | seq. kind: 0 text, 1 system. v: version of the text, raised by edits.
    // send_keys: what a person's cid was used for, kept for 30 days; hash is a fingerprint of the body.
    private static let messages = """
        CREATE TABLE messages (
            k INTEGER PRIMARY KEY,
            sender_id INTEGER NOT NULL REFERENCES users (id),
            ts INTEGER NOT NULL,
            n INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            flags INTEGER NOT NULL DEFAULT 0,
            v INTEGER NOT NULL DEFAULT 1,
            cid BLOB,
            edited_at INTEGER,
            reply_seq INTEGER,
            root_seq INTEGER,
            body TEXT,
            ext BLOB
        ) STRICT;
        CREATE TABLE send_keys (
            user_id INTEGER NOT NULL REFERENCES users (id),
            cid BLOB NOT NULL,
            k INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (user_id, cid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX send_keys_by_time ON send_keys (at);
        """
}
