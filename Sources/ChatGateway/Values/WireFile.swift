internal import ChatDomain

/// `File`: a file as a message shows it.
struct WireFile: Codable, Sendable {
    let f: String
    let name: String
    let type: String
    let size: Int64
    let w: Int?
    let h: Int?
    let thumb: Bool?
    let kind: String

    init(_ file: StoredFile) {
        f = file.id.description
        name = file.name
        type = file.type.name
        size = file.bytes
        w = file.size?.width
        h = file.size?.height
        thumb = file.hasThumbnail ? true : nil
        kind = file.type.kind.rawValue
    }
}
