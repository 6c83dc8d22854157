public import ChatDomain

extension Chat {
    /// Milliseconds until each further attempt of a delivery; after the last one it is given up.
    static let deliveryPauses: [Int64] = [5_000, 30_000, 120_000, 600_000, 1_800_000]
    /// Webhooks that are posted to side by side.
    private static let parallelDeliveries = 8

    /// Posts everything that outgoing webhooks have to post now, in order for each of them, and says when the next time
    /// is: call it then, and when ``awaitDeliveries()`` returns.
    ///
    /// Every message is posted at least once, or five times more in the next 45 minutes.
    ///
    /// - Throws: `busy`, `unavailable`; what was not done is done by the next call.
    public nonisolated(nonsending) func deliverHooks(
        by sender: any HookSender
    ) async throws(ChatError) -> Timestamp? {
        do {
            try await withThrowingTaskGroup(of: HookKey.self) { group in
                var busy: Set<HookKey> = []
                while true {
                    let now = clock.now()
                    let due = try await store.read { try $0.dueDeliveries(at: now, limit: 64) }
                    for delivery in due
                    where busy.count < Self.parallelDeliveries && !busy.contains(delivery.hook.key) {
                        busy.insert(delivery.hook.key)
                        group.addTask {
                            try await deliver(delivery, by: sender)
                            return delivery.hook.key
                        }
                    }
                    guard let done = try await group.next() else { break }
                    busy.remove(done)
                }
            }
        } catch let error as ChatError {
            throw error
        } catch {
            throw .unavailable
        }
        return try await store.read { try $0.nextDelivery() }
    }

    /// Returns when there is something new to post, or the task is cancelled.
    public func awaitDeliveries() async { await deliveries.wait() }

    private nonisolated(nonsending) func deliver(
        _ delivery: WaitingDelivery, by sender: any HookSender
    ) async throws(ChatError) {
        guard let post = try await post(for: delivery) else {
            // The message was deleted meanwhile, or the hook's bot is no longer there.
            return try await store.write {
                try $0.deleteDelivery(delivery.id)
            } committed: { _ in
            }
        }
        let answer = await sender.post(post)
        let now = clock.now()
        var result = Hook.Result(at: now, status: nil, error: nil)
        var isDone = false
        switch answer {
        case .answered(let status, let text) where (200..<300).contains(status):
            let problem = try await reply(text, to: post)
            result = Hook.Result(at: now, status: status, error: problem)
            isDone = true
        case .answered(let status, _):
            result = Hook.Result(at: now, status: status, error: "The answer was \(status).")
        case .failed(let reason): result = Hook.Result(at: now, status: nil, error: reason)
        case .refused(let reason):
            result = Hook.Result(at: now, status: nil, error: reason)
            isDone = true
        }
        let next: Int64? =
            isDone || delivery.tries >= Self.deliveryPauses.count ? nil : Self.deliveryPauses[delivery.tries]
        let outcome = result
        try await store.write { store in
            try store.setResult(outcome, of: delivery.hook.key)
            guard let next else { return try store.deleteDelivery(delivery.id) }
            try store.postponeDelivery(
                delivery.id, tries: delivery.tries + 1, until: now.advanced(byMilliseconds: next))
        } committed: { _ in
        }
    }

    private nonisolated(nonsending) func post(
        for delivery: WaitingDelivery
    ) async throws(ChatError) -> HookPost? {
        let record = delivery.hook
        guard case .outgoing(let url, _) = record.hook.direction else { return nil }
        return try await store.read { store -> HookPost? in
            guard let access = try store.access(of: record.hook.bot.id, to: record.conversation),
                access.membership != nil,
                let message = try store.message(delivery.seq, of: access.conversation), !message.isDeleted,
                let from = try store.anyPerson(message.sender)
            else { return nil }
            return HookPost(
                hook: record.hook, url: url, key: record.signingKey, conversation: record.conversation,
                kind: access.conversation.kind, name: access.conversation.name, message: message,
                from: from.account.user)
        }
    }

    /// Says what the other side wants to have said, as a reply to the message, once however often it is posted; what was
    /// wrong with it. What can succeed later is thrown: the delivery stays as it is then.
    private nonisolated(nonsending) func reply(
        _ text: String?, to post: HookPost
    ) async throws(ChatError) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let cid = ClientMessageID(bits: Digest.uuid(of: "reply\0\(post.hook.id)\0\(post.message.id)"))
        do throws(ChatError) {
            let body: MessageBody
            do throws(InvalidValue) {
                body = try MessageBody(text)
            } catch {
                throw ChatError(error)
            }
            _ = try await sendMessage(
                body, cid: cid, to: post.conversation, quoting: post.message.seq, by: post.hook.bot.id)
            return nil
        } catch {
            switch error.code {
            case .cidReused: return nil
            case .busy, .unavailable: throw error
            default: return "The answer could not be posted: \(error.message)"
            }
        }
    }
}
