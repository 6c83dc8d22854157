internal import ChatDomain

/// What the server itself writes into a room.
enum SystemMessage {
    case created
    case joined
    case left
    case added([String])

    /// The whole sentence, about `actor`.
    func sentence(about actor: String) -> String {
        switch self {
        case .created: "\(actor) created the room."
        case .joined: "\(actor) joined."
        case .left: "\(actor) left."
        case .added(let names): "\(actor) added \(Self.list(names))."
        }
    }

    /// Appends the sentence to the conversation.
    func append(
        by person: User, key: UserKey, to conversation: (key: ConversationKey, id: ConversationID),
        at now: Timestamp, in store: any StoreWriting
    ) throws -> Message {
        let body = sentence(about: person.name)
        let (seq, _) = try store.append(
            NewMessage(
                conversation: conversation.key, sender: key, clientID: nil, sentAt: now, kind: .system,
                body: body))
        return Message(
            conversation: conversation.id, seq: seq, clientID: nil, sender: person.id,
            senderName: person.name,
            sentAt: now, body: body, kind: .system)
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
