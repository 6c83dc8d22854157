/// The tags that an `If-None-Match` names: a list, each perhaps weakened by a proxy, or `*` (RFC 9110, 13.1.2).
struct EntityTags {
    private let tags: [Substring]

    init(_ header: String) {
        tags = header.split(separator: ",").map { entry in
            let tag = entry.drop { $0 == " " }
            return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
        }
    }

    func contains(_ tag: String) -> Bool {
        tags.contains { $0 == "*" || $0 == tag }
    }
}
