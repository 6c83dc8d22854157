public import ChatDomain

extension Importer {
    /// Makes a conversation, or finds the one that is meant. Its members have read everything that comes.
    ///
    /// - Throws: `invalid` for one without anybody; `busy`; `unavailable`.
    public func open(
        _ conversation: ImportedConversation, people: [String: Person]
    ) async throws(ChatError) -> Place {
        let source = source
        let id = ConversationID(bits: chat.random.bits128())
        var members: [Person] = []
        for ref in conversation.members {
            guard let person = people[ref], !members.contains(where: { $0.key == person.key }) else {
                continue
            }
            members.append(person)
        }
        if let owner = conversation.owner.flatMap({ people[$0] }) {
            members.removeAll { $0.key == owner.key }
            members.insert(owner, at: 0)
        }
        guard let founder = members.first ?? people.values.min(by: { $0.key.rawValue < $1.key.rawValue })
        else {
            throw ChatError(code: .invalid, message: "A conversation of nobody.", retryable: false)
        }
        let everybody = members
        return try await chat.store.write { store -> Place in
            if let number = try store.imported(.conversation, conversation.ref, from: source) {
                let key = ConversationKey(number)
                let isHere = try store.conversation(key) != nil
                return Place(key: key, arrival: isHere ? .known : .removed, leftOut: 0)
            }
            let place = try store.open(
                conversation, id: id, founder: founder.key, members: everybody.map(\.key))
            try store.remember(.conversation, conversation.ref, from: source, as: place.key.rawValue)
            return place
        } committed: { _ in
        }
    }

    /// Archives a room whose messages have come, where it was archived.
    ///
    /// - Throws: `busy`, `unavailable`.
    public func close(
        _ conversation: ImportedConversation, at place: Place
    ) async throws(ChatError) {
        guard case .room(_, _, _, true) = conversation.kind, place.arrival == .new else { return }
        let now = chat.clock.now()
        try await chat.store.write {
            try $0.setArchived(place.key, at: now)
        } committed: { _ in
        }
    }
}

extension ConversationReading where Self: ConversationWriting & RoomReading & RoomWriting {
    fileprivate func open(
        _ conversation: ImportedConversation, id: ConversationID, founder: UserKey, members: [UserKey]
    ) throws -> Importer.Place {
        let now = conversation.createdAt
        switch (conversation.kind, members.count) {
        case (.direct, 1), (.direct, 2):
            let (one, other) = (members[0], members[members.count - 1])
            if let key = try direct(between: one, and: other) {
                return Importer.Place(key: key, arrival: .matched, leftOut: 0)
            }
            let key = try insertDirect(id: id, between: one, and: other, at: now)
            return Importer.Place(key: key, arrival: .new, leftOut: 0)
        case (.direct, 3...(Limits.groupMembers.upperBound + 1)):
            if let key = try group(of: members) {
                return Importer.Place(key: key, arrival: .matched, leftOut: 0)
            }
            let key = try insertGroup(id: id, members: members, by: founder, at: now)
            return Importer.Place(key: key, arrival: .new, leftOut: 0)
        default: break
        }
        var (name, topic, kind) = ("People", "", ConversationKind.privateRoom)
        if case .room(let given, let about, let isPublic, _) = conversation.kind {
            (name, topic, kind) = (given, about, isPublic ? .publicRoom : .privateRoom)
        }
        let key = try insertRoom(
            id: id, kind: kind, name: Self.roomName(name), topic: Self.topic(topic), owner: founder, at: now)
        var leftOut = 0
        for (number, member) in members.enumerated() {
            guard number < Limits.membersPerRoom,
                try conversationCount(of: member) < Limits.conversationsPerUser
            else {
                leftOut += 1
                continue
            }
            try insertMembership(of: member, in: key, role: number == 0 ? .owner : .member, at: now)
        }
        return Importer.Place(key: key, arrival: .new, leftOut: leftOut)
    }

    private static func roomName(_ text: String) throws(InvalidValue) -> RoomName {
        if let name = try? RoomName(line(text, Limits.roomName.upperBound)) { return name }
        return try RoomName("Room")
    }

    private static func topic(_ text: String) throws(InvalidValue) -> Topic {
        if let topic = try? Topic(line(text, Limits.topic.upperBound)) { return topic }
        return try Topic("")
    }

    private static func line(_ text: String, _ most: Int) -> String {
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars.prefix(most)))
    }
}
