public import ChatDomain

/// The index of words, to read.
public protocol SearchReading {
    /// The newest messages that fit, out of the person's conversations, below the number `end`.
    ///
    /// - Parameter offset: what is added to a time in UTC to get the person's, in milliseconds.
    func messages(
        matching query: MessageQuery, for user: UserKey, offset: Int64, before end: Int64?, limit: Int
    ) throws -> [NumberedMessage]
    /// How many messages wait to be put into the index, counted up to `limit`.
    func unindexedCount(limit: Int) throws -> Int
}

/// The index of words, to write. What is appended, edited or deleted is noted for it by the store itself.
public protocol SearchWriting {
    /// Puts about `limit` of the messages that wait into the index, or takes them out; how many.
    func indexMessages(limit: Int) throws -> Int
}
