import ChatDomain
import Testing

@testable import ChatService

@Suite("What a picture keeps")
struct ImageContainerTests {
    /// The file that the plan writes.
    private func cleaned(_ bytes: [UInt8]) throws -> (bytes: [UInt8], size: StoredFile.Size)? {
        var reader = ByteReader(bytes)
        let type = FileType.sniffed(Array(bytes.prefix(FileType.sniffedBytes)))
        guard let plan = try ImagePlan.making(type, from: &reader) else { return nil }
        let written = plan.pieces.flatMap { piece -> [UInt8] in
            switch piece {
            case .bytes(let bytes): bytes
            case .copy(let range): Array(bytes[range])
            }
        }
        #expect(written.count == plan.count)
        return (written, plan.size)
    }

    @Test(
        "JPEG: scans, tables and colours; of Exif only which way is up",
        arguments: [1, 2, 5, 6, 8] as [UInt8])
    func jpeg(orientation: UInt8) throws {
        for isBig in [true, false] {
            let sample = SampleImages.jpeg(orientation: orientation, isBig: isBig)
            #expect(SampleImages.holdsSecret(sample))
            let clean = try #require(try cleaned(sample))
            #expect(clean.bytes == SampleImages.cleanJPEG(orientation: orientation))
            let onItsSide = orientation > 4
            #expect(clean.size == .init(width: onItsSide ? 30 : 40, height: onItsSide ? 40 : 30))
            #expect(!SampleImages.holdsSecret(clean.bytes))
            let again = try #require(try cleaned(clean.bytes))
            #expect(again.bytes == clean.bytes && again.size == clean.size)
        }
    }

    @Test("A JPEG that was cut off is kept as far as it goes, and ended")
    func cutOff() throws {
        let whole = SampleImages.cleanJPEG(orientation: 1)
        let clean = try #require(try cleaned(Array(whole.dropLast(3))))
        #expect(clean.bytes == Array(whole.dropLast(3)) + [0xFF, 0xD9])
    }

    @Test("A preview inside of JFIF does not stay")
    func preview() throws {
        let preview = SampleImages.segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9])
        let clean = SampleImages.cleanJPEG(orientation: 1)
        let rest = Array(clean.dropFirst(2 + SampleImages.jfif.count))
        #expect(try cleaned([0xFF, 0xD8] + preview + rest)?.bytes == [0xFF, 0xD8] + rest)
    }

    @Test("PNG: pixels and colours, every chunk whole")
    func png() throws {
        let clean = try #require(try cleaned(SampleImages.png()))
        #expect(clean.bytes == SampleImages.cleanPNG)
        #expect(clean.size == .init(width: 40, height: 30))
    }

    @Test("GIF: frames, delays and the loop")
    func gif() throws {
        let clean = try #require(try cleaned(SampleImages.gif))
        #expect(clean.bytes == SampleImages.cleanGIF)
        #expect(clean.size == .init(width: 40, height: 30))
    }

    @Test("WebP: pixels and colours; length and flags are made right")
    func webp() throws {
        let clean = try #require(try cleaned(SampleImages.webp))
        #expect(clean.bytes == SampleImages.cleanWebP)
        #expect(clean.size == .init(width: 40, height: 30))
        #expect(try cleaned(SampleImages.losslessWebP)?.bytes == SampleImages.losslessWebP)
        #expect(try cleaned(SampleImages.losslessWebP)?.size == .init(width: 40, height: 30))
    }

    @Test("A picture without pixels, or with a part that nobody knows, is damaged")
    func damaged() {
        let samples: [[UInt8]] = [
            SampleImages.jpeg(width: 0), SampleImages.jpeg(height: 0), SampleImages.png(width: 0),
            [0xFF, 0xD8, 0xFF, 0xD9], Array(SampleImages.jpeg().prefix(200)), SampleImages.pngStart,
            Array(SampleImages.cleanPNG.dropLast(1)),
            SampleImages.pngStart + SampleImages.chunk("CgBI", []) + SampleImages.header(width: 1, height: 1),
            SampleImages.pngStart + SampleImages.header(width: 1, height: 1) + SampleImages.chunk("IDOT", []),
            Array(SampleImages.gif.prefix(40)), Array("GIF89a".utf8), SampleImages.riff([]),
            SampleImages.riff(SampleImages.webpChunk("EXIF", [1])),
            SampleImages.riff(SampleImages.webpChunk("VP8 ", [1, 2, 3])),
        ]
        for sample in samples {
            #expect(throws: DamagedImage.self) { try cleaned(sample) }
        }
    }

    @Test("Millions of pixels are counted without an overflow")
    func pixels() throws {
        for (width, height, fits) in [
            (40_000, 1_000, true), (40_001, 1_000, false), (0xFFFF_FFFF, 0xFFFF_FFFF, false),
        ] {
            var reader = ByteReader(SampleImages.png(width: width, height: height))
            let plan = try #require(try ImagePlan.making(.png, from: &reader))
            if fits {
                try plan.requirePixels()
            } else {
                #expect(throws: ChatError.self) { try plan.requirePixels() }
            }
        }
    }

    /// SplitMix64: the same damage in every run.
    private struct Chance {
        var state: UInt64

        mutating func next(below bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
    }

    @Test(
        "Bytes changed, cut, doubled or made up: a plan inside of the file, or damaged; what comes out comes out again"
    )
    func hostile() throws {
        let samples = [
            SampleImages.jpeg(), SampleImages.jpeg(orientation: 3, isBig: true), SampleImages.png(),
            SampleImages.gif,
            SampleImages.webp, SampleImages.losslessWebP,
        ]
        var chance = Chance(state: 7)
        var survived = 0
        for round in 0..<6_000 {
            var bytes = samples[round % samples.count]
            switch chance.next(below: 4) {
            case 0: bytes = Array(bytes.prefix(chance.next(below: bytes.count)))
            case 1:
                let from = chance.next(below: bytes.count)
                bytes += bytes[from...]
            case 2: bytes = Array(bytes.prefix(14)) + (0..<200).map { _ in UInt8(chance.next(below: 256)) }
            default: break
            }
            for _ in 0...chance.next(below: 6) where !bytes.isEmpty {
                bytes[chance.next(below: bytes.count)] =
                    [0, 1, 0x7F, 0x80, 0xFE, 0xFF][chance.next(below: 6)]
            }
            do {
                guard let clean = try cleaned(bytes) else { continue }
                survived += 1
                #expect(try cleaned(clean.bytes)?.bytes == clean.bytes)
            } catch is DamagedImage {
                continue
            }
        }
        #expect(survived > 500)
    }

    @Test("The first bytes tell what a file is; a page or program is never shown in its place")
    func sniffing() {
        func type(_ text: String) -> FileType { FileType.sniffed(Array(text.utf8)) }
        let samples: [(FileType, String, FileType.Kind)] = [
            (type("<html><script>alert(1)</script>"), "text/plain", .file),
            (type("<?xml version=\"1.0\"?><svg>"), "text/plain", .file),
            (type("%PDF-1.7"), "application/pdf", .file),
            (type("PK\u{3}\u{4}"), "application/zip", .file),
            (type("RIFF....WAVEfmt "), "audio/wav", .audio),
            (type("OggS"), "audio/ogg", .audio), (type("ID3"), "audio/mpeg", .audio),
            (type("\0\0\0\u{18}ftypisom"), "video/mp4", .video),
            (type("\0\0\0\u{18}ftypheic"), "image/heic", .file),
            (type("\0\0\0\u{18}ftypM4A "), "audio/mp4", .audio),
            (FileType.sniffed([0x1A, 0x45, 0xDF, 0xA3] + Array("..webm".utf8)), "video/webm", .video),
            (FileType.sniffed([0x1A, 0x45, 0xDF, 0xA3] + Array("..mkv".utf8)), "video/x-matroska", .file),
            (FileType.sniffed([0xFF, 0xFB]), "audio/mpeg", .audio),
            (FileType.sniffed([1, 2, 3]), "application/octet-stream", .file), (type(""), "text/plain", .file),
            (FileType.sniffed(SampleImages.gif), "image/gif", .image),
        ]
        for (type, name, kind) in samples {
            #expect(type == FileType(name, kind))
            #expect(type.isSafeInline == (kind != .file))
        }
    }
}
