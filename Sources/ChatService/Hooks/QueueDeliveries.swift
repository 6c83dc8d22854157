internal import ChatDomain

extension HookReading where Self: HookWriting {
    /// Lets a new message wait for the outgoing webhooks of its room; whether there are any. Part of the transaction of
    /// the message. What programs write waits for nothing, so that two of them cannot keep each other going.
    func queueDeliveries(
        of message: Message, naming scan: MentionScan, in room: ConversationRecord
    ) throws -> Bool {
        guard room.kind.isRoom, !message.isFromBot else { return false }
        var isAwaited = false
        for record in try hooks(of: room.key) {
            guard case .outgoing(_, let match) = record.hook.direction,
                match.holds(of: message.body, names: scan.names, botName: record.hook.bot.username)
            else { continue }
            guard try waitingDeliveries(of: record.key) < Limits.waitingDeliveries else {
                try setResult(
                    Hook.Result(
                        at: message.sentAt, status: nil, error: "Too many messages wait: one was left out."),
                    of: record.key)
                continue
            }
            try insertDelivery(of: message.seq, by: record.key, at: message.sentAt)
            isAwaited = true
        }
        return isAwaited
    }
}
