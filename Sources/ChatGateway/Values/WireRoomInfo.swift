internal import ChatDomain

/// `conv.info`: what every member sees alike of a large room.
struct WireRoomInfo: Codable, Sendable {
    let c: String
    let kind: String
    let name: String
    let topic: String
    let avatar: String?
    let members: Int
    let archived: Bool

    init(_ info: RoomInfo) {
        c = info.id.description
        kind = info.kind.rawValue
        name = info.name
        topic = info.topic
        avatar = info.avatar.map { "/files/\($0)" }
        members = info.members
        archived = info.isArchived
    }
}
