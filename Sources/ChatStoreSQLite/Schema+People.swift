internal import ChatDomain
internal import Foundation
internal import GRDB

/// Devices, authenticators, target rooms of invitations, links that set a password, the audit log.
extension Schema {
    static func migratePeople(_ db: Database) throws {
        try db.execute(sql: people)
        // Invitations of before get the public id that new ones are made with.
        for hash in try Data.fetchAll(db, sql: "SELECT code_hash FROM invites") {
            let id = InviteID(bits: UInt128.random(in: .min ... .max))
            try db.execute(
                sql: "UPDATE invites SET pub = ? WHERE code_hash = ?", arguments: [id.description, hash])
        }
    }

    // users.state: 0 active, 1 banned, 2 deactivated. totp.last_step: the newest step whose code was used; a secret
    // without confirmed_at is not asked for yet. The triggers make the audit log one that only grows: whoever can write
    // the file can drop them, but not without breaking the chain of hashes or rewriting all of it.
    private static let people = """
        ALTER TABLE users ADD COLUMN status TEXT NOT NULL DEFAULT '';
        ALTER TABLE users ADD COLUMN locale TEXT;
        ALTER TABLE users ADD COLUMN prefs TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE sessions ADD COLUMN ip TEXT;
        ALTER TABLE sessions ADD COLUMN agent TEXT;
        ALTER TABLE invites ADD COLUMN pub TEXT;
        CREATE UNIQUE INDEX invites_by_pub ON invites (pub);
        CREATE TABLE invite_rooms (
            code_hash BLOB NOT NULL REFERENCES invites (code_hash) ON DELETE CASCADE,
            conv_id INTEGER NOT NULL REFERENCES conversations (id),
            PRIMARY KEY (code_hash, conv_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE totp (
            user_id INTEGER PRIMARY KEY NOT NULL REFERENCES users (id),
            secret BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            confirmed INTEGER NOT NULL DEFAULT 0,
            last_step INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE recovery_codes (
            user_id INTEGER NOT NULL REFERENCES users (id),
            code_hash BLOB NOT NULL,
            PRIMARY KEY (user_id, code_hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE resets (
            code_hash BLOB PRIMARY KEY NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users (id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX resets_by_user ON resets (user_id);
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY NOT NULL,
            at INTEGER NOT NULL,
            actor TEXT,
            ip TEXT,
            action TEXT NOT NULL,
            target TEXT,
            data TEXT,
            prev_hash BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_action ON audit (action, id);
        CREATE INDEX audit_by_actor ON audit (actor, id);
        CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        CREATE TRIGGER audit_is_unchanged BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        """
}
