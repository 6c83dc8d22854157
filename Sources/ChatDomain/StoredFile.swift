/// A file that somebody sent: the `File` of `docs/realtime-api.md`.
public struct StoredFile: Hashable, Sendable {
    /// Width and height in pixels, as the image is shown.
    public struct Size: Hashable, Sendable {
        /// Pixels across.
        public let width: Int
        /// Pixels down.
        public let height: Int

        /// A size.
        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    /// The file.
    public let id: FileID
    /// What it is called.
    public let name: String
    /// What its bytes say that it is.
    public let type: FileType
    /// How many bytes it has.
    public let bytes: Int64
    /// An image's size.
    public let size: Size?
    /// Whether there is a small picture of it.
    public let hasThumbnail: Bool

    /// A file.
    public init(id: FileID, name: String, type: FileType, bytes: Int64, size: Size?, hasThumbnail: Bool) {
        self.id = id
        self.name = name
        self.type = type
        self.bytes = bytes
        self.size = size
        self.hasThumbnail = hasThumbnail
    }
}
