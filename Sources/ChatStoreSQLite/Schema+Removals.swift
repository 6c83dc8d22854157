extension Schema {
    // removals: whose messages are being deleted, by whom, and the key up to which that is done.
    static let removals = """
        CREATE TABLE removals (
            user_id INTEGER PRIMARY KEY REFERENCES users (id),
            by_user INTEGER REFERENCES users (id),
            after_k INTEGER NOT NULL DEFAULT 0,
            at INTEGER NOT NULL
        ) STRICT;
        """
}
