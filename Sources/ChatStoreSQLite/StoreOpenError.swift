/// Why a database could not be opened, in words for the person who started the program.
public enum StoreOpenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or its folder cannot be written.
    case notWritable(path: String, reason: String)
    /// Another process has it open.
    case inUse(path: String)
    /// The file is not an SQLite database.
    case notADatabase(path: String)
    /// The file is the database of another program.
    case foreignDatabase(path: String)
    /// A newer version of this program wrote it.
    case newerSchema(path: String)
    /// Something else that SQLite says.
    case other(path: String, reason: String)

    /// What happened and what to do about it.
    public var description: String {
        switch self {
        case .notWritable(let path, let reason):
            "The database \(path) cannot be opened for writing: \(reason)."
        case .inUse(let path):
            "The database \(path) is in use by another process. One server has a database at a time."
        case .notADatabase(let path):
            "The file \(path) is not an SQLite database, or it is damaged."
        case .foreignDatabase(let path):
            "The file \(path) is an SQLite database of another program."
        case .newerSchema(let path):
            "The database \(path) was written by a newer version of this program. Start that version."
        case .other(let path, let reason):
            "The database \(path) cannot be opened: \(reason)."
        }
    }
}
