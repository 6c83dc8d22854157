internal import ChatDomain
public import ChatService
internal import Foundation

/// A bulk export of a Mattermost server: lines of JSON, or a ZIP file with them and the files.
///
/// Replies stand in it beneath what they reply to, and not in the order of time: everything is held in memory to be sorted.
public final class MattermostArchive: ImportArchive {
    /// Characters of all messages that are held at once.
    private static let mostText = 2 << 30
    private static let mostMessages = 10_000_000

    /// See ``ImportArchive/source``.
    public let source: String
    /// See ``ImportArchive/people``.
    public let people: [ImportedPerson]
    /// See ``ImportArchive/conversations``.
    public let conversations: [ImportedConversation]
    private let posts: [String: [ImportedMessage]]
    private let notes: [String: [String: Int]]
    private let zip: ZipArchive?

    /// Opens an export.
    ///
    /// - Throws: ``ArchiveProblem``.
    public init(path: String, source: String? = nil) throws {
        self.source = source ?? "mattermost"
        var (reading, lines) = (MattermostReading(), JSONLines())
        if path.lowercased().hasSuffix(".zip") {
            let zip = try ZipArchive(path: path)
            let found = zip.entries.keys.filter { $0.hasSuffix(".jsonl") && !$0.contains("/") }
            guard found.count == 1, let name = found.first else {
                throw ArchiveProblem(
                    "This is no export of Mattermost: there has to be one .jsonl file in it.")
            }
            reading.places = Set(zip.entries.keys.filter { $0.hasPrefix("data/") })
            try zip.give(name) { try lines.take($0) { try reading.take($0, line: $1) } }
            self.zip = zip
        } else {
            let file = try ArchiveFile(path)
            var offset = 0
            while offset < file.count {
                let piece = try file.bytes(at: offset, min(256 << 10, file.count - offset))
                try lines.take(piece) { try reading.take($0, line: $1) }
                offset += piece.count
            }
            zip = nil
        }
        try lines.end { try reading.take($0, line: $1) }
        guard reading.hasVersion else {
            throw ArchiveProblem("This is no export of Mattermost: its first line names no version.")
        }
        people = reading.people
        conversations = reading.conversations
        posts = reading.posts
        notes = reading.notes
    }

    /// See ``ImportArchive/messages(of:usernames:left:)``.
    public func messages(
        of conversation: ImportedConversation, usernames: [String: String], left: (String) -> Void
    ) throws -> [ImportedMessage] {
        for (reason, count) in notes[conversation.ref] ?? [:] {
            for _ in 0..<count { left(reason) }
        }
        // Whoever has another username here is meant all the same.
        let renamed = usernames.filter { $0.key != $0.value }
        return (posts[conversation.ref] ?? []).sorted { $0.sentAt < $1.sentAt }.map { message in
            var message = message
            for (old, new) in renamed where message.body.contains("@" + old) {
                message.body = message.body.replacing("@" + old, with: "@" + new)
            }
            message.body = SlackText.emoji(message.body)
            return message
        }
    }

    /// See ``ImportArchive/content(at:to:)``.
    public func content(at place: String, to output: ([UInt8]) throws -> Void) throws {
        guard let zip else { throw ArchiveProblem("\(place) is not in the archive.") }
        try zip.give(place, to: output)
    }

    /// Holds the count of what is held.
    static func requireRoom(_ messages: Int, _ text: Int) throws {
        guard messages <= mostMessages, text <= mostText else {
            throw ArchiveProblem(
                "There are too many messages in this export to be sorted at once: export them in parts.")
        }
    }
}
