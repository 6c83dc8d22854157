extension Schema {
    // messages.flags: see `MessageFlags`. messages.rev: the message's newest change. changes: one row for each message that
    // changed, at its newest change; conversations.changes_floor is the newest one that was pruned. change_keys: what a
    // person's mid was used for. reaction_counts: so that a message is read without everybody's reaction. mentions.user_id
    // is 0 for everybody; such a message names nobody else.
    static let changes = """
        ALTER TABLE conversations ADD COLUMN changes_floor INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN deleted_by INTEGER REFERENCES users (id);
        UPDATE messages SET flags = flags | \(MessageFlags.files.rawValue)
        WHERE k IN (SELECT conv_id << 32 | seq FROM file_uses);
        CREATE TABLE changes (
            conv_id INTEGER NOT NULL,
            rev INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (conv_id, rev)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX changes_by_time ON changes (at);
        CREATE TABLE change_keys (
            user_id INTEGER NOT NULL REFERENCES users (id),
            mid BLOB NOT NULL,
            hash INTEGER NOT NULL,
            rev INTEGER NOT NULL,
            v INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (user_id, mid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX change_keys_by_time ON change_keys (at);
        CREATE TABLE message_versions (
            k INTEGER NOT NULL,
            v INTEGER NOT NULL,
            body TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (k, v)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE replies (
            root_k INTEGER NOT NULL,
            k INTEGER NOT NULL,
            PRIMARY KEY (root_k, k)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reactions (
            id INTEGER PRIMARY KEY,
            k INTEGER NOT NULL,
            emoji TEXT NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users (id),
            UNIQUE (k, emoji, user_id)
        ) STRICT;
        CREATE INDEX reactions_in_order ON reactions (k, emoji, id);
        CREATE INDEX reactions_by_user ON reactions (user_id);
        CREATE TABLE reaction_counts (
            k INTEGER NOT NULL,
            emoji TEXT NOT NULL,
            n INTEGER NOT NULL,
            first_id INTEGER NOT NULL,
            PRIMARY KEY (k, emoji)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pins (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conv_id INTEGER NOT NULL,
            k INTEGER NOT NULL UNIQUE,
            by_user INTEGER NOT NULL REFERENCES users (id),
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX pins_by_conversation ON pins (conv_id, id);
        CREATE TABLE mentions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL,
            conv_id INTEGER NOT NULL,
            k INTEGER NOT NULL,
            UNIQUE (k, user_id)
        ) STRICT;
        CREATE INDEX mentions_inbox ON mentions (user_id, id);
        CREATE INDEX mentions_unread ON mentions (user_id, conv_id, k);
        """
}
