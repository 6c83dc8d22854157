internal import ChatDomain
public import ChatService

/// Brings an archive into a chat, or says what would come.
public struct ImportRun: Sendable {
    private let archive: any ImportArchive
    private let importer: Importer
    private let tell: @Sendable (String) -> Void

    /// An import of `archive` into `chat`; `tell` hears of the progress.
    public init(
        _ archive: any ImportArchive, into chat: Chat, tell: @escaping @Sendable (String) -> Void
    ) {
        self.archive = archive
        self.importer = Importer(chat, from: archive.source)
        self.tell = tell
    }

    /// Reads everything and changes nothing.
    ///
    /// - Throws: ``ArchiveProblem``, `ChatError`.
    public func check() async throws -> ImportReport {
        var report = ImportReport()
        for arrival in try await importer.look(for: archive.people) { report.count(arrival) }
        let usernames = Dictionary(
            archive.people.map { ($0.ref, $0.username) }, uniquingKeysWith: { first, _ in first })
        let new = try await importer.unknown(archive.conversations.map(\.ref), .conversation)
        report.conversations = new.count
        for (number, conversation) in archive.conversations.enumerated() {
            tell("looking at conversation \(number + 1) of \(archive.conversations.count)")
            let messages = try self.messages(of: conversation, usernames, &report)
            let unknown = try await importer.unknown(messages.map(\.ref))
            report.messages += unknown.count
            report.knownMessages += messages.count - unknown.count
            for message in messages where unknown.contains(message.ref) {
                if message.replyTo != nil { report.replies += 1 }
                report.reactions += message.reactions.reduce(0) { $0 + $1.people.count }
                report.files += message.files.filter { $0.place != nil }.count
                report.leave(
                    "files that are not in the archive: linked",
                    message.files.filter { $0.place == nil }.count)
            }
        }
        return report
    }

    /// Brings everything; what an earlier run had brought is left as it is.
    ///
    /// - Throws: ``ArchiveProblem``, `ChatError`; what was brought until then stays, and the same again goes on.
    public func run() async throws -> ImportReport {
        var report = ImportReport()
        let people = try await importer.bring(archive.people)
        for person in people.values { report.count(person.arrival) }
        let usernames = people.mapValues(\.user.username)
        for (number, conversation) in archive.conversations.enumerated() {
            let messages = try self.messages(of: conversation, usernames, &report)
            let place = try await importer.open(conversation, people: people)
            if place.arrival == .new { report.conversations += 1 }
            if place.arrival == .removed {
                report.leave("conversations that were removed here")
                continue
            }
            report.leave("memberships beyond what a person or room can have", place.leftOut)
            let unknown = try await importer.unknown(messages.map(\.ref))
            report.knownMessages += messages.count - unknown.count
            var rest = messages.filter { unknown.contains($0.ref) }[...]
            while !rest.isEmpty {
                let batch = Array(rest.prefix(Importer.batch))
                rest = rest.dropFirst(Importer.batch)
                try await bring(batch, to: place, people, &report)
                tell(
                    "conversation \(number + 1) of \(archive.conversations.count), \(report.messages) messages"
                )
            }
            try await importer.close(conversation, at: place)
        }
        if report.messages > 0 || report.conversations > 0 { try await importer.finish() }
        return report
    }

    private func messages(
        of conversation: ImportedConversation, _ usernames: [String: String], _ report: inout ImportReport
    ) throws -> [ImportedMessage] {
        var left: [String: Int] = [:]
        let messages = try archive.messages(of: conversation, usernames: usernames) {
            left[$0, default: 0] += 1
        }
        for (what, count) in left { report.leave(what, count) }
        return messages
    }

    private func bring(
        _ batch: [ImportedMessage], to place: Importer.Place, _ people: [String: Importer.Person],
        _ report: inout ImportReport
    ) async throws {
        var (batch, files): ([ImportedMessage], [String: FileID]) = (batch, [:])
        for index in batch.indices {
            for file in batch[index].files {
                do {
                    files[file.ref] = try await keep(file, of: batch[index], people)
                    if files[file.ref] != nil { continue }
                    report.leave("files that are not in the archive: linked")
                } catch let error as ChatError where !error.retryable {
                    report.leave("files that cannot be taken: \(error.message)")
                }
                let link = file.link.map { "[\(file.name)](\($0))" } ?? "(file: \(file.name))"
                batch[index].body += (batch[index].body.isEmpty ? "" : "\n") + link
            }
        }
        let delivered = try await importer.deliver(batch, to: place, people: people, files: files)
        report.messages += delivered.messages
        report.replies += delivered.replies
        report.reactions += delivered.reactions
        report.files += delivered.files
        report.leave("messages without any content", delivered.empty)
        report.leave("replies to messages that are not here: they came without that", delivered.orphans)
        report.leave("times, of messages older than what stands before them", delivered.moved)
    }

    private func keep(
        _ file: ImportedFile, of message: ImportedMessage, _ people: [String: Importer.Person]
    ) async throws -> FileID? {
        guard let place = file.place else { return nil }
        let archive = archive
        return try await importer.keep(file, of: message.sender, people: people) { write in
            try archive.content(at: place, to: write)
        }
    }
}

extension ImportReport {
    fileprivate mutating func count(_ arrival: Importer.Arrival) {
        switch arrival {
        case .new: newPeople += 1
        case .matched: matchedPeople += 1
        case .known, .removed: break
        }
    }
}
