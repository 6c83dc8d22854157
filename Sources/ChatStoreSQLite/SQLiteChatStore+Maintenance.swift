public import ChatDomain
internal import Foundation
internal import GRDB

extension SQLiteChatStore {
    /// What is wrong with the file, by SQLite's `integrity_check` and `foreign_key_check`; empty when nothing is.
    /// Reads every page: for checks after a crash or of a backup, not for every minute.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func integrityProblems() async throws(ChatError) -> [String] {
        try await snapshot { db in
            let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
            let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(100)
            return pages + references.map { "broken reference: \($0)" }
        }
    }

    /// Copies the database, as it is at one moment, into a new file; writing goes on meanwhile.
    ///
    /// The copy gets an epoch of its own: clients of a server that starts from it drop their caches.
    ///
    /// - Throws: `unavailable` when there is a file at `path` already or it cannot be written; `busy`.
    public nonisolated(nonsending) func backup(to path: String) async throws(ChatError) {
        let report = report
        try await snapshot { db in
            guard !FileManager.default.fileExists(atPath: path) else {
                report(StoreFailure(operation: "backup", reason: "there is a file already"))
                throw ChatError.unavailable
            }
            let copy = try DatabaseQueue(path: path)
            try copy.writeWithoutTransaction { target in
                try db.backup(to: target)
                try target.execute(
                    sql: "UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'epoch'")
                // One file, without a log beside it.
                try target.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
        }
    }
}
