internal import GRDB

/// Opens a database file and says clearly what is wrong when that fails.
enum DatabaseOpening {
    static func open(
        _ path: String, options: SQLiteStoreOptions
    ) throws(StoreOpenError) -> (pool: DatabasePool, epoch: String) {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(options))
            try pool.writeWithoutTransaction { db in
                // The pool chose NORMAL, which may lose the last commits when the power fails.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
            }
            try checkOwnership(of: pool, path: path)
            if options.isBesideServer {
                guard try pool.read(Schema.migrator.hasCompletedMigrations) else {
                    throw StoreOpenError.other(
                        path: path, reason: "it is of an older version; start the server once")
                }
            } else {
                try Schema.migrator.migrate(pool)
            }
            let epoch = try pool.read {
                try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = 'epoch'")
            }
            guard let epoch else { throw StoreOpenError.other(path: path, reason: "it has no epoch") }
            return (pool, epoch)
        } catch let error as StoreOpenError {
            throw error
        } catch let error as DatabaseError {
            throw explain(error, path: path)
        } catch {
            throw .other(path: path, reason: "\(error)")
        }
    }

    private static func configuration(_ options: SQLiteStoreOptions) -> Configuration {
        var configuration = Configuration()
        configuration.label = "chat"
        configuration.maximumReaderCount = options.readers
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        // `GroupCommit` opens and ends its transactions itself, and ends those that a failed rollback left open.
        configuration.allowsUnsafeTransactions = true
        let cacheKibibytes = options.cacheMegabytes * 1_024
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -\(cacheKibibytes)")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    private static func checkOwnership(of pool: DatabasePool, path: String) throws {
        try pool.read { db in
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard tables > 0 else { return }
            guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                throw StoreOpenError.foreignDatabase(path: path)
            }
            guard try !Schema.migrator.hasBeenSuperseded(db) else {
                throw StoreOpenError.newerSchema(path: path)
            }
        }
    }

    private static func explain(_ error: DatabaseError, path: String) -> StoreOpenError {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: return .notADatabase(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR:
            return .notWritable(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .inUse(path: path)
        default: return .other(path: path, reason: reason)
        }
    }
}
