internal import ChatDomain

/// What the server itself writes into a room.
enum SystemMessage {
    case created
    case joined
    case left
    case added([String])
    case removed(String)
    case banned(String)
    case renamed(String, kind: ConversationKind)
    case topic(String)
    case visibility(isPublic: Bool)
    case role(String, Role)
    case archived(Bool)
    case pinned

    /// The whole sentence, about `actor`.
    func sentence(about actor: String) -> String {
        switch self {
        case .created: "\(actor) created the room."
        case .joined: "\(actor) joined."
        case .left: "\(actor) left."
        case .added(let names): "\(actor) added \(Self.list(names))."
        case .removed(let name): "\(actor) removed \(name)."
        case .banned(let name): "\(actor) banned \(name)."
        case .renamed(let name, let kind):
            name.isEmpty
                ? "\(actor) took the name away."
                : "\(actor) renamed the \(kind == .group ? "group" : "room") to “\(name)”."
        case .topic(let topic):
            topic.isEmpty ? "\(actor) took the topic away." : "\(actor) changed the topic to “\(topic)”."
        case .visibility(let isPublic): "\(actor) made the room \(isPublic ? "public" : "private")."
        case .role(let name, let role):
            "\(actor) made \(name) \(role == .owner ? "an" : "a") \(role.rawValue)."
        case .pinned: "\(actor) pinned a message."
        case .archived(let isArchived):
            isArchived ? "\(actor) archived the room." : "\(actor) brought the room back from the archive."
        }
    }

    /// Appends the sentence to the conversation.
    func append(
        by person: User, key: UserKey, to conversation: (key: ConversationKey, id: ConversationID),
        at now: Timestamp, in store: any StoreWriting
    ) throws -> Message {
        let body = sentence(about: person.name)
        let (seq, count) = try store.append(
            NewMessage(
                conversation: conversation.key, sender: key, clientID: nil, sentAt: now, kind: .system,
                body: body))
        var message = Message(
            conversation: conversation.id, seq: seq, clientID: nil, sender: person.id,
            senderName: person.name,
            sentAt: now, body: body, kind: .system)
        message.count = count
        return message
    }

    /// Appends the sentence about the person of `access`, no earlier than the message before it.
    func append(by access: Access, at now: Timestamp, in store: any StoreWriting) throws -> Message {
        let room = access.conversation
        return try append(
            by: access.person, key: access.user, to: (room.key, room.id), at: max(now, room.lastSentAt),
            in: store)
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(10)
        let hidden = names.count - shown.count
        if hidden > 0 {
            return "\(shown.joined(separator: ", ")) and \(hidden) more"
        }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "nobody" }
        return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
    }
}
