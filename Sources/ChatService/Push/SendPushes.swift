public import ChatDomain
internal import Crypto
internal import FoundationEssentials

extension Chat {
    /// Milliseconds until each further attempt; after the last one it is given up.
    static let pushPauses: [Int64] = [10_000, 60_000, 300_000]
    /// Whom push services are told when nobody was named: an address that is nobody's.
    public static let defaultContact = "mailto:postmaster@example.org"
    private static let parallelPushes = 8
    /// Seconds for which a push service keeps what it cannot deliver.
    private static let pushLifetime = 86_400

    /// Tells the browsers of people who are away what was written, and says when the next time is: call it then, and when
    /// ``awaitPushes()`` returns.
    ///
    /// - Parameters:
    ///   - contact: Whom push services may write to about this server: an address `mailto:` or `https:`.
    ///   - isThere: Whether somebody uses a device of theirs now: they see the message there.
    /// - Throws: `busy`, `unavailable`; what was not done is done by the next call.
    public nonisolated(nonsending) func sendPushes(
        by client: any OutboundClient, contact: String = defaultContact,
        isThere: @escaping @Sendable (UserID) -> Bool
    ) async throws(ChatError) -> Timestamp? {
        let identity = try await requirePushIdentity()
        while try await spreadPushes(isThere) {}
        while true {
            let now = clock.now()
            let due = try await store.read { try $0.duePushes(at: now, limit: Self.parallelPushes) }
            if due.isEmpty { return try await store.read { try $0.nextPush() } }
            let failures = await withTaskGroup(of: ChatError?.self) { group in
                for push in due {
                    group.addTask {
                        do throws(ChatError) {
                            try await send(push, as: identity, contact: contact, by: client)
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: [ChatError]()) { if let error = $1 { $0.append(error) } }
            }
            if let failure = failures.first { throw failure }
        }
    }

    /// Returns when there is something new to tell, or the task is cancelled.
    public func awaitPushes() async { await pushes.wait() }

    /// Finds out who is to be told of some messages; whether there were any. Looking costs the writer nothing.
    private nonisolated(nonsending) func spreadPushes(
        _ isThere: @escaping @Sendable (UserID) -> Bool
    ) async throws(ChatError) -> Bool {
        let now = clock.now()
        let spread = try await store.read { store -> [Spread] in
            try store.unspreadPushes(limit: 50).map { conversation, seq in
                guard let room = try store.conversation(conversation),
                    let message = try store.message(seq, of: room), !message.isDeleted
                else { return Spread(conversation: conversation, seq: seq, people: []) }
                let people = try store.peopleToTell(of: message, in: conversation, at: now)
                return Spread(
                    conversation: conversation, seq: seq, people: people.filter { !isThere($0.id) }.map(\.key)
                )
            }
        }
        guard !spread.isEmpty else { return false }
        try await store.write { store in
            for one in spread {
                try store.unqueuePush(of: one.seq, in: one.conversation)
                for person in one.people {
                    try store.insertPushes(of: (one.conversation, one.seq), to: person, at: now)
                }
            }
        } committed: { _ in
        }
        return true
    }

    private struct Spread: Sendable {
        let conversation: ConversationKey
        let seq: MessageSeq
        let people: [UserKey]
    }

    private nonisolated(nonsending) func send(
        _ push: WaitingPush, as identity: PushIdentity, contact: String, by client: any OutboundClient
    ) async throws(ChatError) {
        let now = clock.now()
        guard let payload = try await payload(of: push),
            let body = try? PushEncryption.body(
                payload, for: push.target, salt: random.bytes(16), key: P256.KeyAgreement.PrivateKey()),
            let authorization = try? identity.authorization(
                for: push.target.endpoint, contact: contact, at: now)
        else {
            // Read or deleted meanwhile, or a browser whose key is none.
            return try await store.write {
                try $0.deletePush(push.id)
            } committed: { _ in
            }
        }
        let request = OutboundRequest(
            .post, push.target.endpoint,
            headers: [
                ("Content-Type", "application/octet-stream"), ("Content-Encoding", "aes128gcm"),
                ("TTL", "\(Self.pushLifetime)"), ("Urgency", "high"), ("Authorization", authorization),
            ], body: body, answerLimit: 4_096, timeout: 10_000)
        var status = 0
        var isFinal = false
        switch await client.send(request) {
        case .answered(let response): status = response.status
        case .failed: break
        case .refused: isFinal = true
        }
        let (answered, isGone) = (status, status == 404 || status == 410)
        let isDone = isFinal || (200..<300).contains(status) || (400..<429).contains(status)
        let next: Int64? = isDone || push.tries >= Self.pushPauses.count ? nil : Self.pushPauses[push.tries]
        try await store.write { store in
            if isGone { return try store.deletePushDevice(push.device) }
            try store.setPushResult(of: push.device, status: answered, at: now)
            guard let next else { return try store.deletePush(push.id) }
            try store.postponePush(push.id, tries: push.tries + 1, until: now.advanced(byMilliseconds: next))
        } committed: { _ in
        }
    }

    /// Counted in scalars: a single character can be as long as somebody likes, and then nothing at all could be told.
    private static func beginning(of text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(300)))
    }

    private struct Payload: Encodable {
        var test: Bool?
        var c: String?
        var seq: UInt32?
        let title: String
        let body: String
        var from: String?
        var avatar: String?
        var unread: Int?
        var tag: String?
        var url: String?
    }

    /// What is told; nil when it is no longer to be told.
    private nonisolated(nonsending) func payload(of push: WaitingPush) async throws(ChatError) -> [UInt8]? {
        let payload = try await store.read { store -> Payload? in
            guard let (conversation, seq) = push.message else {
                return Payload(
                    test: true, title: try store.settings().name, body: "This device is told of messages.",
                    url: "/")
            }
            guard let access = try store.access(of: push.user, to: conversation),
                let membership = access.membership, membership.read < seq,
                let message = try store.message(seq, of: access.conversation), !message.isDeleted,
                let summary = try store.summary(of: access.conversation.key, for: access.user)
            else { return nil }
            let author = try store.anyPerson(message.sender)?.account.user
            let isDirect = summary.kind == .direct
            let files = message.files.count == 1 ? message.files[0].name : "\(message.files.count) files"
            let text = message.body.isEmpty ? files : Self.beginning(of: message.body)
            return Payload(
                c: conversation.description, seq: seq.rawValue,
                title: isDirect ? message.senderName : summary.name,
                body: isDirect ? text : "\(message.senderName): \(text)", from: message.sender.description,
                avatar: author?.avatar.map { "/files/\($0)" }, unread: summary.unread,
                tag: conversation.description, url: "/c/\(conversation)/\(seq)")
        }
        guard let payload else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(payload), bytes.count <= PushEncryption.most else { return nil }
        return Array(bytes)
    }
}
