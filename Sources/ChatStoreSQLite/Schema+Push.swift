extension Schema {
    // push_devices live as long as the session that made them. push_queue: messages of which nobody has been told yet. pushes:
    // what each browser is to be told; k NULL is a test.
    static let push = """
        CREATE TABLE push_devices (
            id INTEGER PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id),
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            endpoint TEXT NOT NULL UNIQUE,
            public_key BLOB NOT NULL,
            secret BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            last_at INTEGER,
            last_status INTEGER
        ) STRICT;
        CREATE INDEX push_devices_by_user ON push_devices (user_id);
        CREATE INDEX push_devices_by_session ON push_devices (session_id);
        CREATE TABLE push_queue (k INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE pushes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id INTEGER NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
            k INTEGER,
            tries INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX pushes_by_time ON pushes (due_at);
        CREATE INDEX pushes_by_device ON pushes (device_id);
        """
}
