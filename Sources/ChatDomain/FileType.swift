/// What the first bytes of a file say that it is. What a client says of it is never asked.
public struct FileType: Hashable, Sendable {
    /// What a client shows it as. The raw value is the word on the wire.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case image, video, audio, file
    }

    /// The media type.
    public let name: String
    /// What it is shown as.
    public let kind: Kind

    /// A type.
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// Bytes that ``sniffed(_:)`` looks at.
    public static let sniffedBytes = 512

    /// Types that a browser may show in its place; everything else is for keeping only. None of them can hold a program.
    public var isSafeInline: Bool {
        switch kind {
        case .image, .video, .audio: true
        case .file: false
        }
    }

    public static let jpeg = FileType("image/jpeg", .image)
    public static let png = FileType("image/png", .image)
    public static let gif = FileType("image/gif", .image)
    public static let webp = FileType("image/webp", .image)

    /// The type of a file that begins with these bytes.
    public static func sniffed(_ start: [UInt8]) -> FileType {
        func begins(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
            start.count >= offset + bytes.count && start[offset..<offset + bytes.count].elementsEqual(bytes)
        }
        func begins(_ text: StaticString, at offset: Int = 0) -> Bool {
            text.withUTF8Buffer { begins(Array($0), at: offset) }
        }
        if begins([0xFF, 0xD8, 0xFF]) { return .jpeg }
        if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if begins("GIF87a") || begins("GIF89a") { return .gif }
        if begins("RIFF"), begins("WEBP", at: 8) { return .webp }
        if begins("RIFF"), begins("WAVE", at: 8) { return FileType("audio/wav", .audio) }
        if begins("ftyp", at: 4) { return isoMedia(start) }
        if begins([0x1A, 0x45, 0xDF, 0xA3]) {
            let head = String(decoding: start.prefix(64), as: UTF8.self)
            return head.contains("webm")
                ? FileType("video/webm", .video) : FileType("video/x-matroska", .file)
        }
        if begins("OggS") { return FileType("audio/ogg", .audio) }
        if begins("fLaC") { return FileType("audio/flac", .audio) }
        if begins("ID3") { return FileType("audio/mpeg", .audio) }
        if start.count > 1, start[0] == 0xFF, [0xFB, 0xF3, 0xF2].contains(start[1]) {
            return FileType("audio/mpeg", .audio)
        }
        if begins("%PDF-") { return FileType("application/pdf", .file) }
        if begins([0x50, 0x4B, 0x03, 0x04]) { return FileType("application/zip", .file) }
        if begins([0x1F, 0x8B]) { return FileType("application/gzip", .file) }
        return isText(start) ? FileType("text/plain", .file) : FileType("application/octet-stream", .file)
    }

    private static func isoMedia(_ start: [UInt8]) -> FileType {
        switch String(decoding: start.dropFirst(8).prefix(4), as: UTF8.self) {
        case "avif", "avis": FileType("image/avif", .file)
        case "heic", "heix", "hevc", "mif1", "msf1": FileType("image/heic", .file)
        case "M4A ", "M4B ": FileType("audio/mp4", .audio)
        case "qt  ": FileType("video/quicktime", .file)
        default: FileType("video/mp4", .video)
        }
    }

    /// No control characters but those of lines and tabs: a text in some encoding that extends ASCII.
    private static func isText(_ start: [UInt8]) -> Bool {
        start.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x0C }
    }
}
