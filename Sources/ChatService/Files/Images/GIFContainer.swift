internal import ChatDomain

/// GIF (89a): blocks of sub-blocks of at most 255 bytes.
enum GIFContainer {
    static func plan(_ reader: inout ByteReader) throws -> ImagePlan {
        var plan = ImagePlan()
        guard try reader.has("GIF8", at: 0), let flags = try reader.byte(at: 10), reader.count >= 13 else {
            throw DamagedImage()
        }
        try plan.setSize(width: reader.little16(at: 6), height: reader.little16(at: 8))
        var offset = 13 + colourTable(flags)
        guard offset <= reader.count else { throw DamagedImage() }
        try plan.keep(0..<offset)
        while true {
            guard let block = try reader.byte(at: offset) else { throw DamagedImage() }
            switch block {
            case 0x3B:
                try plan.keep(offset..<offset + 1)
                return plan
            case 0x2C:
                guard let flags = try reader.byte(at: offset + 9) else { throw DamagedImage() }
                // The descriptor, its colours, and the byte of the smallest code come before the data.
                let end = try endOfBlocks(from: offset + 11 + colourTable(flags), &reader)
                try plan.keep(offset..<end)
                offset = end
            case 0x21:
                guard let label = try reader.byte(at: offset + 1) else { throw DamagedImage() }
                let end = try endOfBlocks(from: offset + 2, &reader)
                if try label == 0xF9 || label == 0xFF && isLoop(at: offset + 2, &reader) {
                    try plan.keep(offset..<end)
                }
                offset = end
            default: throw DamagedImage()
            }
        }
    }

    private static func colourTable(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
    }

    /// How often an animation runs; other applications' blocks are XMP and the like.
    private static func isLoop(at offset: Int, _ reader: inout ByteReader) throws -> Bool {
        try reader.byte(at: offset) == 11
            && (reader.has("NETSCAPE2.0", at: offset + 1) || reader.has("ANIMEXTS1.0", at: offset + 1))
    }

    private static func endOfBlocks(from start: Int, _ reader: inout ByteReader) throws -> Int {
        var offset = start
        while let size = try reader.byte(at: offset) {
            offset += 1 + Int(size)
            if size == 0 { return offset }
        }
        throw DamagedImage()
    }
}
