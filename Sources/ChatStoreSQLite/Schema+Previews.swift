extension Schema {
    // previews: what a page said when it was fetched; title NULL: nothing to show. A page that is fetched again later gets
    // another row: what a message shows does not change by itself. preview_queue: messages whose links are to be fetched.
    static let previews = """
        CREATE TABLE previews (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL,
            site TEXT,
            title TEXT,
            text TEXT,
            file_id INTEGER REFERENCES files (id),
            fetched_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX previews_by_url ON previews (url, fetched_at);
        CREATE INDEX previews_by_file ON previews (file_id) WHERE file_id IS NOT NULL;
        CREATE INDEX previews_by_time ON previews (fetched_at);
        CREATE TABLE message_previews (
            k INTEGER NOT NULL,
            position INTEGER NOT NULL,
            preview_id INTEGER NOT NULL REFERENCES previews (id),
            PRIMARY KEY (k, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX message_previews_by_preview ON message_previews (preview_id);
        CREATE TABLE preview_queue (k INTEGER PRIMARY KEY) STRICT;
        """
}
