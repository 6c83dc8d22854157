extension Schema {
    // files: what was uploaded; the bytes lie on disk under the public id. upload: the client's UUID. loose: no
    // message and nobody has it (yet), so that it may be removed. avatar: the public id of a file. file_uses: which
    // message a file came with; who may read it, and what is kept, follows from that.
    static let files = """
        CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            pub TEXT NOT NULL UNIQUE,
            owner_id INTEGER NOT NULL REFERENCES users (id),
            upload BLOB NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            kind TEXT NOT NULL,
            size INTEGER NOT NULL,
            width INTEGER,
            height INTEGER,
            thumb INTEGER NOT NULL DEFAULT 0,
            loose INTEGER NOT NULL DEFAULT 1,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX files_by_upload ON files (owner_id, upload);
        CREATE INDEX files_by_owner ON files (owner_id, size);
        CREATE INDEX files_loose ON files (created_at) WHERE loose = 1;
        CREATE TABLE file_uses (
            conv_id INTEGER NOT NULL REFERENCES conversations (id),
            seq INTEGER NOT NULL,
            position INTEGER NOT NULL,
            file_id INTEGER NOT NULL REFERENCES files (id),
            PRIMARY KEY (conv_id, seq, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX file_uses_by_file ON file_uses (file_id, conv_id);
        ALTER TABLE users ADD COLUMN avatar TEXT;
        ALTER TABLE conversations ADD COLUMN avatar TEXT;
        CREATE INDEX users_by_avatar ON users (avatar) WHERE avatar IS NOT NULL;
        CREATE INDEX conversations_by_avatar ON conversations (avatar) WHERE avatar IS NOT NULL;
        """
}
