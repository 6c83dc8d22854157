/// What a page that a message links to says of itself.
public struct LinkPreview: Hashable, Sendable {
    /// The link as it stands in the message.
    public let url: String
    /// The name of the site.
    public let site: String?
    /// The page's title.
    public let title: String
    /// What it is about.
    public let text: String?
    /// A picture, kept here.
    public let image: FileID?
    /// The size of the picture.
    public let size: StoredFile.Size?

    /// A preview.
    public init(
        url: String, site: String?, title: String, text: String?, image: FileID? = nil,
        size: StoredFile.Size? = nil
    ) {
        self.url = url
        self.site = site
        self.title = title
        self.text = text
        self.image = image
        self.size = size
    }
}
