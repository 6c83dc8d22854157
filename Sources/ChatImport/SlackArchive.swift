internal import ChatDomain
public import ChatService
internal import Foundation

/// The export of a Slack workspace: a ZIP file with a JSON file for each day of each conversation.
public final class SlackArchive: ImportArchive {
    private static let listLimit = 256 << 20
    private static let dayLimit = 64 << 20
    /// Who wrote what has no author.
    private static let nobody = "nobody"

    /// See ``ImportArchive/source``.
    public let source: String
    /// See ``ImportArchive/people``.
    public let people: [ImportedPerson]
    /// See ``ImportArchive/conversations``.
    public let conversations: [ImportedConversation]
    private let zip: ZipArchive
    /// The names of the day files of each conversation, in order.
    private let days: [String: [String]]
    private let known: Set<String>

    /// Opens an export.
    ///
    /// - Throws: ``ArchiveProblem``.
    public init(path: String, source: String? = nil) throws {
        zip = try ZipArchive(path: path)
        let users: [SlackUser] = try Self.list("users.json", of: zip, isNeeded: true)
        try Self.requireUnique(users.map(\.id), in: "users.json")
        people =
            users.map { $0.person }
            + [ImportedPerson(ref: Self.nobody, username: "slack", name: "Slack", isBot: true)]
        known = Set(users.map(\.id))
        self.source = source ?? "slack:" + (users.lazy.compactMap(\.team_id).first ?? "")
        var (all, folders): ([ImportedConversation], [String: String]) = ([], [:])
        for (file, kind) in [
            ("channels.json", SlackChannel.Kind.open), ("groups.json", .closed), ("mpims.json", .people),
            ("dms.json", .people),
        ] {
            let channels: [SlackChannel] = try Self.list(file, of: zip, isNeeded: false)
            for channel in channels {
                all.append(try channel.conversation(kind, in: file))
                folders[channel.folder] = channel.id
            }
        }
        try Self.requireUnique(all.map(\.ref), in: "the lists of conversations")
        guard !all.isEmpty else {
            throw ArchiveProblem("This is no export of Slack: there are no conversations in it.")
        }
        conversations = all
        var days: [String: [String]] = [:]
        for name in zip.entries.keys {
            let parts = name.split(separator: "/")
            guard parts.count == 2, parts[1].hasSuffix(".json"), let id = folders[String(parts[0])] else {
                continue
            }
            days[id, default: []].append(name)
        }
        self.days = days.mapValues { $0.sorted() }
    }

    private static func list<Value: Decodable>(
        _ name: String, of zip: ZipArchive, isNeeded: Bool
    ) throws -> [Value] {
        guard let entry = zip.entries[name] else {
            if isNeeded { throw ArchiveProblem("This is no export of Slack: there is no \(name) in it.") }
            return []
        }
        return try decode(zip.content(of: entry, limit: listLimit), in: name)
    }

    private static func decode<Value: Decodable>(_ bytes: [UInt8], in name: String) throws -> [Value] {
        do {
            return try JSONDecoder().decode([Value].self, from: Data(bytes))
        } catch {
            throw ArchiveProblem("\(name) is not of the form that Slack's exports have.")
        }
    }

    private static func requireUnique(_ ids: [String], in place: String) throws {
        var seen: Set<String> = []
        for id in ids where !seen.insert(id).inserted {
            throw ArchiveProblem("“\(id.prefix(40))” stands twice in \(place): the archive is not taken.")
        }
    }

    /// See ``ImportArchive/messages(of:usernames:left:)``.
    public func messages(
        of conversation: ImportedConversation, usernames: [String: String], left: (String) -> Void
    ) throws -> [ImportedMessage] {
        let text = SlackText(usernames: usernames)
        var (messages, seen): ([ImportedMessage], Set<String>) = ([], [])
        for name in days[conversation.ref] ?? [] {
            guard let entry = zip.entries[name] else { continue }
            let day: [SlackMessage] = try Self.decode(zip.content(of: entry, limit: Self.dayLimit), in: name)
            for message in day {
                guard message.type == "message", message.isWritten else {
                    left("events such as joining, leaving, renaming")
                    continue
                }
                guard let ts = message.ts else { throw ArchiveProblem("\(name): a message without a time.") }
                guard seen.insert(ts).inserted else {
                    left("messages that stand in the archive twice")
                    continue
                }
                messages.append(
                    try convert(message, ts, of: conversation.ref, in: name, text: text, left: left))
            }
        }
        return messages.sorted { $0.sentAt < $1.sentAt }
    }

    private func convert(
        _ message: SlackMessage, _ ts: String, of channel: String, in place: String, text: SlackText,
        left: (String) -> Void
    ) throws -> ImportedMessage {
        let author = [message.user, message.bot_id].compactMap { $0 }.first { known.contains($0) }
        if author == nil && message.user != nil { left("authors who are not in the list of people") }
        var body = text.converted(message.text ?? "")
        for attachment in message.attachments ?? [] {
            let said = [attachment.pretext, attachment.title, attachment.text].compactMap { $0 }
            let part = said.isEmpty ? attachment.fallback ?? "" : said.joined(separator: "\n")
            if !part.isEmpty { body += (body.isEmpty ? "" : "\n\n") + text.converted(part) }
        }
        var result = ImportedMessage(
            ref: "\(channel)/\(ts)", sender: author ?? Self.nobody,
            sentAt: try ArchiveTime.slack(ts, in: place), body: body)
        if author == nil { result.alias = message.username ?? message.user_profile?.real_name }
        if let root = message.thread_ts, root != ts { result.replyTo = "\(channel)/\(root)" }
        if let edited = message.edited?.ts { result.editedAt = try ArchiveTime.slack(edited, in: place) }
        for reaction in message.reactions ?? [] {
            guard let character = EmojiNames.character(of: reaction.name), let emoji = try? Emoji(character)
            else {
                left("reactions with emoji of one's own")
                continue
            }
            result.reactions.append((emoji, reaction.users))
        }
        result.files = (message.files ?? []).compactMap { (file) -> ImportedFile? in
            guard let id = file.id, file.mode != "tombstone" else { return nil }
            let name = file.name ?? file.title ?? "file"
            return ImportedFile(
                ref: id, name: name, place: self.place(of: id, name), link: file.url_private ?? file.permalink
            )
        }
        return result
    }

    /// Where the tools put files that complete an export.
    private func place(of id: String, _ name: String) -> String? {
        ["__uploads/\(id)/\(name)", "attachments/\(id)-\(name)"].first { zip.entries[$0] != nil }
    }

    /// See ``ImportArchive/content(at:to:)``.
    public func content(at place: String, to output: ([UInt8]) throws -> Void) throws {
        try zip.give(place, to: output)
    }
}

extension ZipArchive {
    /// Gives a file to somebody whose own troubles come back as they are.
    func give(_ name: String, to output: ([UInt8]) throws -> Void) throws {
        guard let entry = entries[name] else { throw ArchiveProblem("\(name) is not in the archive.") }
        var trouble: (any Error)?
        do throws(ArchiveProblem) {
            try read(entry) { piece throws(ArchiveProblem) in
                do {
                    try output(piece)
                } catch {
                    trouble = error
                    throw ArchiveProblem("The file could not be kept.")
                }
            }
        } catch {
            throw trouble ?? error
        }
    }
}
