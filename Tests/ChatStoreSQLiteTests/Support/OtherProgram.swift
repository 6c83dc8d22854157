import GRDB

/// Something else than this program that writes into a database file.
enum OtherProgram {
    static func run(_ sql: String, in path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    static func texts(_ sql: String, in path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        let texts = try queue.read { try String.fetchAll($0, sql: sql) }
        try queue.close()
        return texts
    }
}
