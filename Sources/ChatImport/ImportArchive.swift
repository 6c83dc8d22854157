internal import ChatDomain
public import ChatService

/// What another server wrote down of itself.
public protocol ImportArchive: Sendable {
    /// The server; names are unique in it.
    var source: String { get }
    /// Everybody, programs too.
    var people: [ImportedPerson] { get }
    /// Every conversation.
    var conversations: [ImportedConversation] { get }
    /// The messages of a conversation in the order of their times; `usernames` are those that people have here, by what the
    /// other server calls them. `left` hears what could not be taken.
    func messages(
        of conversation: ImportedConversation, usernames: [String: String], left: (String) -> Void
    ) throws -> [ImportedMessage]
    /// Gives the bytes of a file in pieces.
    func content(at place: String, to output: ([UInt8]) throws -> Void) throws
}

/// Moments of an archive.
enum ArchiveTime {
    /// 2000 to the end of 2100: everything else is no time at which anybody wrote.
    private static let sensible: ClosedRange<Int64> = 946_684_800_000...4_133_980_799_999

    static func milliseconds(_ number: Int64, in place: String) throws -> Timestamp {
        guard sensible.contains(number) else {
            throw ArchiveProblem("\(place): \(number) is no time at which anybody could have written.")
        }
        return Timestamp(milliseconds: number)
    }

    /// Slack's form: seconds, a point, and up to six digits.
    static func slack(_ text: String, in place: String) throws -> Timestamp {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard text.count <= 20, text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let seconds = Int64(parts[0]), seconds < 1 << 40
        else { throw ArchiveProblem("\(place): “\(text.prefix(30))” is no time.") }
        let digits = parts.count > 1 ? String((parts[1] + "000").prefix(3)) : "0"
        guard let thousandths = Int64(digits) else {
            throw ArchiveProblem("\(place): “\(text.prefix(30))” is no time.")
        }
        return try milliseconds(seconds * 1_000 + thousandths, in: place)
    }
}
