public import ChatDomain

/// What is to be different about a room; `nil` stays as it is.
public struct RoomUpdate: Sendable {
    /// The name of a group or room.
    public enum Name: Sendable {
        /// This one.
        case named(RoomName)
        /// None: a group is then called by its people.
        case none
    }

    /// The new name.
    public var name: Name?
    /// The new topic.
    public var topic: Topic?
    /// Whether everybody can find and join it.
    public var isPublic: Bool?
    /// The new picture; `.some(nil)` takes it away.
    public var avatar: FileID??

    /// A change.
    public init(name: Name? = nil, topic: Topic? = nil, isPublic: Bool? = nil) {
        self.name = name
        self.topic = topic
        self.isPublic = isPublic
    }
}

extension Chat {
    /// Changes a room: `room.update`. A system message tells of each thing that is different after it.
    ///
    /// - Throws: `not_found` for an unknown or foreign room; `forbidden` for whoever may not do one of the changes, of
    ///   which none is done then; `archived`; `invalid` for a room without a name; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func updateRoom(
        _ conversation: ConversationID, _ update: RoomUpdate, by user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        return try await store.write { store -> RoomChange in
            let access = try store.permit(.read, of: user, in: conversation)
            var messages: [Message] = []
            func tell(_ message: SystemMessage) throws {
                messages.append(try message.append(by: access, at: now, in: store))
            }
            let before = try store.requireSummary(of: access.conversation.key, for: access.user)
            if let name = update.name {
                if let name = try Self.rename(access, to: name, in: store) {
                    try tell(.renamed(name, kind: access.conversation.kind))
                }
            }
            if let topic = update.topic {
                try access.require(.setTopic)
                if topic.text != before.topic {
                    try store.setTopic(of: access.conversation.key, to: topic)
                    try tell(.topic(topic.text))
                }
            }
            if let isPublic = update.isPublic {
                try access.require(.setVisibility)
                let kind: ConversationKind = isPublic ? .publicRoom : .privateRoom
                if kind != before.kind {
                    try store.setKind(of: access.conversation.key, to: kind)
                    try tell(.visibility(isPublic: isPublic))
                }
            }
            if let avatar = update.avatar, avatar != before.avatar {
                try Self.setAvatar(of: access, to: avatar, in: store)
            }
            return try RoomChange.reading(by: access, messages: messages, from: store)
        } committed: { change in
            change.announce(to: announcer)
        }.mine
    }

    private static func setAvatar(
        of access: Access, to avatar: FileID?, in store: any StoreWriting
    ) throws {
        try access.require(.rename)
        if let avatar {
            guard let record = try store.file(avatar), try store.mayRead(record.key, access.user) else {
                throw ChatError.fileNotFound
            }
            guard record.file.type.kind == .image else { throw ChatError.wrongType("That is no picture.") }
        }
        try store.setAvatar(of: access.conversation.key, to: avatar)
    }

    /// The new name, when it is another one.
    private static func rename(
        _ access: Access, to name: RoomUpdate.Name, in store: any StoreWriting
    ) throws -> String? {
        try access.require(.rename)
        let text: String
        switch name {
        case .named(let name): text = name.text
        case .none:
            guard access.conversation.kind == .group else {
                throw ChatError.invalid(.roomName, .tooShort(minimum: Limits.roomName.lowerBound))
            }
            text = ""
        }
        guard text != access.conversation.name else { return nil }
        try store.rename(access.conversation.key, to: text)
        return text
    }
}
