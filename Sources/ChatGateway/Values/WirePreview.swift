internal import ChatDomain

/// `Preview`: what a page that a message links to says of itself.
struct WirePreview: Codable, Sendable {
    let url: String
    let site: String?
    let title: String
    let text: String?
    let image: String?
    let w: Int?
    let h: Int?

    init(_ preview: LinkPreview) {
        url = preview.url
        site = preview.site
        title = preview.title
        text = preview.text
        image = preview.image.map { "/files/\($0)" }
        w = preview.size?.width
        h = preview.size?.height
    }
}
