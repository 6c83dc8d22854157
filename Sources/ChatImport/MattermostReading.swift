internal import ChatDomain
internal import ChatService
internal import Foundation

/// What the lines of an export have told so far.
struct MattermostReading {
    /// Who wrote what has no author.
    private static let nobody = "mattermost"

    /// The files that are there.
    var places: Set<String> = []
    private(set) var hasVersion = false
    private(set) var posts: [String: [ImportedMessage]] = [:]
    private(set) var notes: [String: [String: Int]] = [:]
    private var users: [String: ImportedPerson] = [:]
    private var channels: [String: MattermostChannel] = [:]
    private var members: [String: [String]] = [:]
    private var owners: [String: String] = [:]
    private var directs: [String: [String]] = [:]
    private var order: [String] = []
    private var names: Set<String> = []
    private var counts = (messages: 0, text: 0)
    private let decoder = JSONDecoder()

    var people: [ImportedPerson] {
        users.values.sorted { $0.ref < $1.ref }
            + (users[Self.nobody] == nil
                ? [ImportedPerson(ref: Self.nobody, username: Self.nobody, name: "Mattermost", isBot: true)]
                : [])
    }

    var conversations: [ImportedConversation] {
        order.compactMap { ref in
            let first = posts[ref]?.map(\.sentAt).min() ?? Timestamp(milliseconds: 946_684_800_000)
            if let people = directs[ref] {
                return ImportedConversation(
                    ref: ref, kind: .direct, members: people, owner: nil, createdAt: first)
            }
            guard let channel = channels[ref] else { return nil }
            let about = [channel.header, channel.purpose].compactMap { $0 }.first { !$0.isEmpty } ?? ""
            return ImportedConversation(
                ref: ref,
                kind: .room(
                    name: channel.display_name ?? channel.name, topic: about, isPublic: channel.type != "P",
                    isArchived: (channel.deleted_at ?? 0) > 0),
                members: members[ref] ?? [], owner: owners[ref], createdAt: first)
        }
    }

    mutating func take(_ data: Data, line number: Int) throws {
        let place = "Line \(number)"
        let line: MattermostLine
        do {
            line = try decoder.decode(MattermostLine.self, from: data)
        } catch {
            throw ArchiveProblem("\(place) is not of the form that Mattermost's exports have.")
        }
        switch line.type {
        case "version":
            guard line.version == 1 else {
                throw ArchiveProblem("\(place): only version 1 of this form is known here.")
            }
            hasVersion = true
        case "channel":
            guard let channel = line.channel else { break }
            try requireNew(channel.ref, channels[channel.ref] == nil, place)
            channels[channel.ref] = channel
            order.append(channel.ref)
        case "user":
            guard let user = line.user else { break }
            try requireNew(user.username, users[user.username] == nil, place)
            users[user.username] = ImportedPerson(
                ref: user.username, username: user.username, name: user.name)
            for team in user.teams ?? [] {
                for channel in team.channels ?? [] {
                    let ref = "\(team.name)/\(channel.name)"
                    members[ref, default: []].append(user.username)
                    if channel.roles?.contains("channel_admin") == true, owners[ref] == nil {
                        owners[ref] = user.username
                    }
                }
            }
        case "bot":
            guard let bot = line.bot, users[bot.username] == nil else { break }
            users[bot.username] = ImportedPerson(
                ref: bot.username, username: bot.username, name: bot.display_name ?? bot.username, isBot: true
            )
        case "direct_channel":
            guard let direct = line.direct_channel else { break }
            _ = directRef(direct.people)
        case "post":
            guard let post = line.post, let team = post.team, let channel = post.channel else { break }
            try add(post, to: "\(team)/\(channel)", replyTo: nil, place)
        case "direct_post":
            guard let post = line.direct_post, let people = post.channel_members else { break }
            try add(post, to: directRef(people), replyTo: nil, place)
        default: break
        }
    }

    private func requireNew(_ name: String, _ isNew: Bool, _ place: String) throws {
        guard isNew else {
            throw ArchiveProblem("\(place): “\(name.prefix(40))” is there twice: the archive is not taken.")
        }
    }

    private mutating func directRef(_ people: [String]) -> String {
        let all = Set(people).sorted()
        let ref = "@" + all.joined(separator: ",")
        if directs.updateValue(all, forKey: ref) == nil { order.append(ref) }
        return ref
    }

    private mutating func add(
        _ post: MattermostPost, to conversation: String, replyTo: String?, _ place: String
    ) throws {
        guard post.type?.isEmpty ?? true || post.type == "me" || post.type?.hasPrefix("custom_") == true
        else {
            notes[conversation, default: [:]]["events such as joining, leaving, renaming", default: 0] += 1
            return
        }
        let author = users[post.user] == nil ? Self.nobody : post.user
        var ref = "\(conversation)/\(post.create_at)/\(post.user)"
        // Two within a thousandth of a second.
        var number = 2
        while !names.insert(ref).inserted {
            ref = "\(conversation)/\(post.create_at)/\(post.user)#\(number)"
            number += 1
        }
        var message = ImportedMessage(
            ref: ref, sender: author, sentAt: try ArchiveTime.milliseconds(post.create_at, in: place),
            body: post.message ?? "")
        message.alias = post.props?.override_username ?? (author == post.user ? nil : post.user)
        message.replyTo = replyTo
        if let edited = post.edit_at, edited > 0 {
            message.editedAt = try ArchiveTime.milliseconds(edited, in: place)
        }
        var reactions: [(name: String, people: [String])] = []
        for reaction in post.reactions ?? [] {
            if let index = reactions.firstIndex(where: { $0.name == reaction.emoji_name }) {
                reactions[index].people.append(reaction.user)
            } else {
                reactions.append((reaction.emoji_name, [reaction.user]))
            }
        }
        for (name, people) in reactions {
            guard let character = EmojiNames.character(of: name), let emoji = try? Emoji(character) else {
                notes[conversation, default: [:]]["reactions with emoji of one's own", default: 0] +=
                    people.count
                continue
            }
            message.reactions.append((emoji, people))
        }
        message.files = (post.attachments ?? []).compactMap { (attachment) -> ImportedFile? in
            guard let path = attachment.path, let name = path.split(separator: "/").last else { return nil }
            let stored = "data/" + path
            return ImportedFile(
                ref: path, name: String(name), place: places.contains(stored) ? stored : nil, link: nil)
        }
        counts.messages += 1
        counts.text += message.body.utf8.count
        try MattermostArchive.requireRoom(counts.messages, counts.text)
        posts[conversation, default: []].append(message)
        for reply in post.replies ?? [] {
            try add(reply, to: conversation, replyTo: replyTo ?? ref, place)
        }
    }
}
