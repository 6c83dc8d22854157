extension Schema {
    // memberships.notify: 0 all, 1 mentions, 2 none. Moments are zero when there is none. hidden_seq: the newest message
    // when the conversation was hidden; a newer one shows it again, without a write. bans outlive memberships.
    static let rooms = """
        ALTER TABLE conversations ADD COLUMN archived_at INTEGER;
        ALTER TABLE memberships ADD COLUMN notify INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE memberships ADD COLUMN muted_until INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE memberships ADD COLUMN silenced_until INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE memberships ADD COLUMN pinned_at INTEGER;
        ALTER TABLE memberships ADD COLUMN hidden_seq INTEGER;
        ALTER TABLE users ADD COLUMN seen_at INTEGER;
        CREATE TABLE bans (
            conv_id INTEGER NOT NULL REFERENCES conversations (id),
            user_id INTEGER NOT NULL REFERENCES users (id),
            by_user INTEGER NOT NULL REFERENCES users (id),
            at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (conv_id, user_id)
        ) STRICT, WITHOUT ROWID;
        """
}
