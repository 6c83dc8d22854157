extension Schema {
    // conversations.min_n: last_n as it was before the message at min_seq. conversations.removed_at: a deleted room, without members and
    // invisible; its row goes when all that was in it has gone.
    static let retention = """
        ALTER TABLE conversations ADD COLUMN min_n INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE conversations ADD COLUMN removed_at INTEGER;
        CREATE INDEX conversations_removed ON conversations (id) WHERE removed_at IS NOT NULL;
        """
}
