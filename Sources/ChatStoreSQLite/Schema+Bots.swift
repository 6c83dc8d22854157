extension Schema {
    // users.bot: 0 a person, 1 a program with tokens (which are sessions without an end), 2 the voice of a webhook.
    // messages.alias: the name that a webhook gave for this message. hooks.kind: 0 incoming, 1 outgoing. secret_tag and
    // secret_hash: of the secret of an incoming hook; the tag finds the row, the hash is compared. key: what an outgoing
    // hook signs with. matching: 0 every message, 1 those that name the hook's bot, 2 those that hold the word.
    // deliveries: what waits to be sent, in the order of the ids for each hook.
    static let bots = """
        ALTER TABLE users ADD COLUMN bot INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN alias TEXT;
        CREATE TABLE bots (
            user_id INTEGER PRIMARY KEY REFERENCES users (id),
            by_user INTEGER REFERENCES users (id),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE hooks (
            id INTEGER PRIMARY KEY,
            pub TEXT NOT NULL UNIQUE,
            conv_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            bot_id INTEGER NOT NULL REFERENCES users (id),
            by_user INTEGER NOT NULL REFERENCES users (id),
            kind INTEGER NOT NULL,
            secret_tag INTEGER UNIQUE,
            secret_hash BLOB,
            key BLOB,
            url TEXT,
            matching INTEGER NOT NULL DEFAULT 0,
            word TEXT,
            created_at INTEGER NOT NULL,
            last_at INTEGER,
            last_status INTEGER,
            last_error TEXT
        ) STRICT;
        CREATE INDEX hooks_by_conversation ON hooks (conv_id, kind);
        CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            hook_id INTEGER NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX deliveries_by_hook ON deliveries (hook_id, id);
        """
}
