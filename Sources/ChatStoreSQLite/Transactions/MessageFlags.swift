/// `messages.flags`: what a message has in other tables, so that those are read only where there is something.
struct MessageFlags: OptionSet {
    let rawValue: Int64

    static let deleted = MessageFlags(rawValue: 1)
    static let reactions = MessageFlags(rawValue: 2)
    static let pinned = MessageFlags(rawValue: 4)
    static let mentions = MessageFlags(rawValue: 8)
    static let mentionsAll = MessageFlags(rawValue: 16)
    static let files = MessageFlags(rawValue: 32)
    static let previews = MessageFlags(rawValue: 64)
}
