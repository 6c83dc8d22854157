extension Schema {
    // What another server's names became: kind 0 users.id, 1 conversations.id, 2 messages.k.
    static let imports = """
        CREATE TABLE imports (
            source TEXT NOT NULL,
            kind INTEGER NOT NULL,
            name TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (source, kind, name)
        ) STRICT, WITHOUT ROWID;
        """
}
