internal import ChatDomain

/// `Hook`: a webhook of a room.
struct WireHook: Codable, Sendable {
    struct Last: Codable, Sendable {
        let at: Int64
        let status: Int?
        let error: String?
    }

    let h: String
    let kind: String
    let name: String
    let bot: WireUser
    let url: String?
    let match: String?
    let word: String?
    let created: Int64
    let by: WireUser
    let last: Last?

    init(_ hook: Hook) {
        h = hook.id.description
        name = hook.bot.name
        bot = WireUser(hook.bot)
        created = hook.createdAt.milliseconds
        by = WireUser(hook.by)
        last = hook.last.map { Last(at: $0.at.milliseconds, status: $0.status, error: $0.error) }
        switch hook.direction {
        case .incoming: (kind, url, match, word) = ("in", nil, nil, nil)
        case .outgoing(let target, .all): (kind, url, match, word) = ("out", target.text, "all", nil)
        case .outgoing(let target, .mention): (kind, url, match, word) = ("out", target.text, "mention", nil)
        case .outgoing(let target, .word(let text)):
            (kind, url, match, word) = ("out", target.text, "word", text)
        }
    }
}
