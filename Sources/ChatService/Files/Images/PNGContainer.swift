internal import ChatDomain

/// PNG (third edition): chunks of a length, a type, data and a checksum. Checksums stay right: chunks are kept whole.
enum PNGContainer {
    /// What a picture consists of: pixels, palette, colours, size of a pixel, frames of an animation.
    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD",
        "pHYs", "acTL",
        "fcTL", "fdAT",
    ]

    static func plan(_ reader: inout ByteReader) throws -> ImagePlan {
        var plan = ImagePlan()
        guard try reader.bytes(at: 0, count: 8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] else {
            throw DamagedImage()
        }
        try plan.keep(0..<8)
        var offset = 8
        while true {
            guard let length = try reader.big32(at: offset),
                let type = try reader.bytes(at: offset + 4, count: 4),
                length <= reader.count - offset - 12
            else { throw DamagedImage() }
            let name = String(decoding: type, as: UTF8.self)
            let chunk = offset..<offset + 12 + length
            if offset == 8 {
                guard name == "IHDR", length == 13 else { throw DamagedImage() }
                try plan.setSize(width: reader.big32(at: 16), height: reader.big32(at: 20))
            }
            if kept.contains(name) {
                try plan.keep(chunk)
            } else if type[0] & 0x20 == 0 {
                // A critical chunk that nobody knows: without it there is no picture.
                throw DamagedImage()
            }
            if name == "IEND" { return plan }
            offset = chunk.upperBound
        }
    }
}
