internal import Foundation
internal import GRDB

/// A database file as a thing to copy, check and put in place; a server may have it open meanwhile.
public struct DatabaseFile: Sendable {
    /// Where the file is.
    public let path: String

    /// The file at `path`.
    public init(path: String) {
        self.path = path
    }

    /// Copies the database, as it is at one moment, into a new file; writing goes on meanwhile.
    ///
    /// - Parameter progress: hears how many pages of how many are copied.
    public func copy(
        to target: String, progress: @escaping (_ done: Int, _ all: Int) -> Void
    ) throws(DatabaseFileError) {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw DatabaseFileError("\(target) exists already: nothing is ever overwritten.")
        }
        do {
            let source = try open()
            // Only its owner may read what people write.
            guard
                FileManager.default.createFile(
                    atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw DatabaseFileError("\(target) cannot be written.") }
            let copy = try DatabaseQueue(path: target)
            try copy.writeWithoutTransaction { target in
                try source.read { db in
                    // Begins the snapshot: what others write from now on is not looked at.
                    _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
                    try db.backup(to: target, pagesPerStep: 1_000) { step in
                        progress(step.completedPageCount, step.totalPageCount)
                    }
                }
                // One file, without a log beside it.
                try target.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
            try source.close()
        } catch {
            throw Self.explain(error, path)
        }
    }

    /// Reads every page of the file.
    public func check() throws(DatabaseFileError) -> DatabaseReport {
        do {
            let queue = try open()
            let report = try queue.read { db in
                let applied = try Schema.migrator.appliedIdentifiers(db)
                let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
                let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(100)
                let size = try Int64.fetchOne(
                    db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                let epoch = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'")
                return DatabaseReport(
                    epoch: epoch ?? "", bytes: size ?? 0, schema: applied.max() ?? "none",
                    needsMigration: try !Schema.migrator.hasCompletedMigrations(db),
                    problems: pages + references.map { "broken reference: \($0)" })
            }
            try queue.close()
            return report
        } catch {
            throw Self.explain(error, path)
        }
    }

    /// Puts a backup in the place of this file, with a new epoch: clients then drop what they remember. What was there
    /// is kept beside it, under the name that is returned; nil when nothing was there. No server may have it open.
    public func restore(from backup: DatabaseFile, suffix: String) throws(DatabaseFileError) -> String? {
        let lock: FileLock
        do {
            lock = try FileLock(path + "-lock", database: path)
        } catch {
            throw DatabaseFileError("\(error)")
        }
        defer { lock.release() }
        if let problem = try backup.check().problems.first {
            throw DatabaseFileError("\(backup.path) is damaged: \(problem). Nothing was changed.")
        }
        let incoming = path + ".incoming"
        do {
            // Of an attempt that was broken off.
            if FileManager.default.fileExists(atPath: incoming) {
                try FileManager.default.removeItem(atPath: incoming)
            }
        } catch {
            throw Self.explain(error, incoming)
        }
        try backup.copy(to: incoming) { _, _ in }
        do {
            let queue = try DatabaseQueue(path: incoming)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'epoch'")
            }
            try queue.close()
            return try replace(with: incoming, suffix: suffix)
        } catch {
            throw Self.explain(error, path)
        }
    }

    private func replace(with incoming: String, suffix: String) throws -> String? {
        let files = FileManager.default
        var kept: String?
        if files.fileExists(atPath: path) {
            let old = path + suffix
            for part in ["", "-wal", "-shm"] where files.fileExists(atPath: path + part) {
                try files.moveItem(atPath: path + part, toPath: old + part)
            }
            kept = old
        }
        try files.moveItem(atPath: incoming, toPath: path)
        return kept
    }

    func open() throws -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: path) else {
            throw DatabaseFileError("There is no database at \(path).")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { db in
            guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                throw DatabaseFileError("\(StoreOpenError.foreignDatabase(path: path))")
            }
            guard try !Schema.migrator.hasBeenSuperseded(db) else {
                throw DatabaseFileError("\(StoreOpenError.newerSchema(path: path))")
            }
        }
        return queue
    }

    static func explain(_ error: any Error, _ path: String) -> DatabaseFileError {
        switch error {
        case let error as DatabaseFileError: return error
        case let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode):
            return DatabaseFileError("\(StoreOpenError.notADatabase(path: path))")
        case let error as DatabaseError:
            return DatabaseFileError("\(path): \(error.message ?? "SQLite error \(error.resultCode)").")
        default: return DatabaseFileError("\(path): \(error)")
        }
    }
}
