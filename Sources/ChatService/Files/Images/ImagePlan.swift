internal import ChatDomain

/// An image's container is not what its format says.
struct DamagedImage: Error, Equatable {}

/// How an image is written without what it tells of its maker: which bytes are kept, and which stand in place of others.
///
/// Nothing is decoded. A plan copies the parts of the container that a picture consists of and leaves out the others:
/// camera, place, time, comments, thumbnails, and everything behind the end.
struct ImagePlan: Equatable {
    /// A piece of the new file.
    enum Piece: Equatable {
        /// These bytes of the old one.
        case copy(Range<Int>)
        /// These bytes.
        case bytes([UInt8])
    }

    /// As the image is shown.
    var size: StoredFile.Size
    private(set) var pieces: [Piece] = []

    /// More pieces than this are no picture but an attack on the memory.
    static let maximumPieces = 50_000

    /// The plan for an image; `nil` for a type that is no image that can be rewritten.
    static func making(_ type: FileType, from reader: inout ByteReader) throws -> ImagePlan? {
        switch type {
        case .jpeg: try JPEGContainer.plan(&reader)
        case .png: try PNGContainer.plan(&reader)
        case .gif: try GIFContainer.plan(&reader)
        case .webp: try WebPContainer.plan(&reader)
        default: nil
        }
    }

    init() {
        size = StoredFile.Size(width: 0, height: 0)
    }

    mutating func keep(_ range: Range<Int>) throws {
        guard !range.isEmpty else { return }
        if case .copy(let before) = pieces.last, before.upperBound == range.lowerBound {
            pieces[pieces.count - 1] = .copy(before.lowerBound..<range.upperBound)
        } else {
            try add(.copy(range))
        }
    }

    mutating func write(_ bytes: [UInt8]) throws {
        try add(.bytes(bytes))
    }

    /// Replaces the bytes that begin the file.
    mutating func replaceFirst(_ bytes: [UInt8]) {
        if !pieces.isEmpty { pieces[0] = .bytes(bytes) }
    }

    private mutating func add(_ piece: Piece) throws {
        guard pieces.count < Self.maximumPieces else { throw DamagedImage() }
        pieces.append(piece)
    }

    /// Bytes of the new file.
    var count: Int {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .copy(let range): sum + range.count
            case .bytes(let bytes): sum + bytes.count
            }
        }
    }

    /// Takes the size; zero in either direction is no picture.
    mutating func setSize(width: Int?, height: Int?) throws {
        guard let width, let height, width > 0, height > 0 else { throw DamagedImage() }
        size = StoredFile.Size(width: width, height: height)
    }
}
