public import ChatDomain

/// Takes over what another server held: people, conversations, messages. What came before is known by its name there, so that the
/// same archive again adds nothing.
public struct Importer: Sendable {
    let chat: Chat
    /// The other server: names are unique in it.
    let source: String

    /// Somebody who came.
    public struct Person: Sendable {
        /// Our account.
        public let user: User
        let key: UserKey
        /// How they came.
        public let arrival: Arrival
    }

    /// How something came.
    public enum Arrival: Sendable {
        /// It was made now.
        case new
        /// It was here before the import: an account of the same username, a direct conversation of the same people.
        case matched
        /// An earlier import brought it.
        case known
        /// An earlier import brought it, and it was removed here.
        case removed
    }

    /// Where messages go.
    public struct Place: Sendable {
        let key: ConversationKey
        /// How it came.
        public let arrival: Arrival
        /// Members who could not be added, because they are in too many conversations or the room is full.
        public let leftOut: Int
    }

    /// An import of a server of this name.
    public init(_ chat: Chat, from source: String) {
        self.chat = chat
        self.source = source
    }

    /// Makes accounts for people who have none. They are closed until an administrator makes a link for them.
    ///
    /// - Throws: `busy`, `unavailable`.
    public func bring(_ people: [ImportedPerson]) async throws(ChatError) -> [String: Person] {
        var found: [String: Person] = [:]
        var rest = people[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(100))
            rest = rest.dropFirst(100)
            let taken = Set(found.values.map(\.key))
            let (chat, source) = (chat, source)
            let now = chat.clock.now()
            let new = some.map { _ in UserID(bits: chat.random.bits128()) }
            let names = some.map { AccountNames($0, random: chat.random) }
            let brought = try await chat.store.write { store -> [(String, Person)] in
                var taken = taken
                return try zip(some, zip(new, names)).map { person, plan in
                    let one = try store.bring(
                        person, id: plan.0, names: plan.1, except: taken, from: source, at: now)
                    taken.insert(one.key)
                    return (person.ref, one)
                }
            } committed: { _ in
            }
            for (ref, person) in brought { found[ref] = person }
        }
        return found
    }

    /// What of these people would be new, matched, known: for a look before the import.
    ///
    /// - Throws: `busy`, `unavailable`.
    public func look(for people: [ImportedPerson]) async throws(ChatError) -> [Arrival] {
        let source = source
        return try await chat.store.read { store in
            try people.map { person in
                if try store.imported(.person, person.ref, from: source) != nil { return .known }
                guard let username = try? Username(person.username),
                    let known = try store.anyPerson(named: username), known.account.user.isBot == person.isBot
                else { return .new }
                return .matched
            }
        }
    }

    /// Those of the names that no import brought.
    ///
    /// - Throws: `busy`, `unavailable`.
    public func unknown(
        _ names: [String], _ kind: ImportKind = .message
    ) async throws(ChatError) -> Set<String> {
        let source = source
        return try await chat.store.read { store in
            Set(try names.filter { try store.imported(kind, $0, from: source) == nil })
        }
    }

    /// Clients that come back after the import drop what they had.
    ///
    /// - Throws: `busy`, `unavailable`.
    public func finish() async throws(ChatError) {
        try await chat.store.write {
            try $0.renewEpoch()
        } committed: { _ in
        }
    }
}

/// Usernames for somebody of another server: theirs as far as it is one, then with a number, then with chance.
private struct AccountNames: Sendable {
    let first: Username?
    let all: [Username]
    let name: DisplayName?

    init(_ person: ImportedPerson, random: any RandomSource) {
        let plain = person.username.lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                ? character : "-"
        }
        let stem = String(plain.drop { "._-".contains($0) }.prefix(20))
        let base = stem.count < 2 ? "person" : stem
        first = try? Username(person.username)
        let last = "\(base)-\(random.bits128() % 1_000_000_000)"
        all = ([person.username, base] + (2...9).map { "\(base)-\($0)" } + [last]).compactMap {
            try? Username($0)
        }
        let line = person.name.map { $0.isNewline ? " " : $0 }
        name = (try? DisplayName(String(String(line).prefix(60)))) ?? (try? DisplayName(base))
    }
}

extension AccountReading
where
    Self: PeopleReading & ImportReading & ImportWriting & AccountWriting & PeopleWriting & BotWriting
        & BotReading
{
    fileprivate func bring(
        _ person: ImportedPerson, id: UserID, names: AccountNames, except taken: Set<UserKey>,
        from source: String, at now: Timestamp
    ) throws -> Importer.Person {
        if let number = try imported(.person, person.ref, from: source),
            let user = try profile(of: UserKey(number))?.account.user
        {
            return Importer.Person(user: user, key: UserKey(number), arrival: .known)
        }
        if let first = names.first, let known = try anyPerson(named: first), !taken.contains(known.key),
            known.account.user.isBot == person.isBot
        {
            try remember(.person, person.ref, from: source, as: known.key.rawValue)
            return Importer.Person(user: known.account.user, key: known.key, arrival: .matched)
        }
        guard let name = names.name, let username = try names.all.first(where: { try !isTaken($0) }) else {
            throw ChatError.usernameTaken
        }
        let made =
            person.isBot
            ? try insertBot(id: id, username: username, name: name, kind: .program, by: nil, at: now)
            : try insertAccount(
                id: id, username: username, name: name, isAdmin: false, hash: nil, at: now)
        guard let made else { throw ChatError.usernameTaken }
        try setState(of: made.key, to: .deactivated)
        try remember(.person, person.ref, from: source, as: made.key.rawValue)
        return Importer.Person(user: made.account.user, key: made.key, arrival: .new)
    }
}
