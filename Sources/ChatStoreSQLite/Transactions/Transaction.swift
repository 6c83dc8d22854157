internal import ChatService
internal import GRDB

/// The operations of the store port over one connection inside a transaction: a snapshot for readers, the group's
/// transaction for the writer. Its extensions hold the SQL, one file for each part of the port.
struct Transaction: StoreWriting {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Runs a statement that answers no rows; how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
        return db.changesCount
    }

    /// Every row of a query. Statements are run to their end, so that none is open when the transaction ends.
    func all<Value>(
        _ sql: String, _ arguments: StatementArguments = [], _ read: (inout Columns) throws -> Value
    ) throws -> [Value] {
        let rows = try Row.fetchCursor(try db.cachedStatement(sql: sql), arguments: arguments)
        var values: [Value] = []
        while let row = try rows.next() {
            var columns = Columns(row)
            values.append(try read(&columns))
        }
        return values
    }

    /// The first row of a query.
    func first<Value>(
        _ sql: String, _ arguments: StatementArguments = [], _ read: (inout Columns) throws -> Value
    ) throws -> Value? {
        try all(sql, arguments, read).first
    }

    /// Whether a query has a row.
    func exists(_ sql: String, _ arguments: StatementArguments = []) throws -> Bool {
        try first(sql, arguments) { _ in } != nil
    }

    /// The key that the last INSERT gave.
    var lastKey: Int64 { db.lastInsertedRowID }

    /// A LIKE pattern for texts that contain this one, with `\` as escape character.
    static func pattern(containing text: String) -> String {
        var pattern = "%"
        for character in text {
            if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
