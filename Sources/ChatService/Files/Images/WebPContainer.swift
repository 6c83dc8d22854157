internal import ChatDomain

/// WebP (RFC 9649): a RIFF file of chunks with even lengths.
enum WebPContainer {
    private static let kept: Set<String> = ["VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]

    static func plan(_ reader: inout ByteReader) throws -> ImagePlan {
        var plan = ImagePlan()
        guard try reader.has("RIFF", at: 0), try reader.has("WEBP", at: 8),
            let size = try reader.little32(at: 4)
        else { throw DamagedImage() }
        let end = min(reader.count, 8 + size)
        // The length is known at the end.
        try plan.write([])
        var offset = 12
        while offset + 8 <= end {
            guard let type = try reader.bytes(at: offset, count: 4),
                let length = try reader.little32(at: offset + 4),
                length <= end - offset - 8
            else { throw DamagedImage() }
            let name = String(decoding: type, as: UTF8.self)
            let data = offset + 8
            if offset == 12 { try setSize(of: &plan, name, data, length, &reader) }
            let chunk = offset..<data + length
            if name == "VP8X", offset == 12 {
                guard let header = try reader.bytes(at: offset, count: 18), length == 10 else {
                    throw DamagedImage()
                }
                // The flags of Exif and XMP.
                try plan.write(header.prefix(8) + [header[8] & ~0x0C] + header.dropFirst(9))
            } else if kept.contains(name) {
                try plan.keep(chunk)
                if length % 2 == 1 { try plan.write([0]) }
            }
            offset = chunk.upperBound + length % 2
        }
        guard plan.size.width > 0 else { throw DamagedImage() }
        let count = plan.count + 4
        plan.replaceFirst(
            Array("RIFF".utf8) + (0..<4).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
                + Array("WEBP".utf8))
        return plan
    }

    private static func setSize(
        of plan: inout ImagePlan, _ name: String, _ data: Int, _ length: Int, _ reader: inout ByteReader
    ) throws {
        switch name {
        case "VP8X":
            try plan.setSize(
                width: reader.little24(at: data + 4).map { $0 + 1 },
                height: reader.little24(at: data + 7).map { $0 + 1 })
        case "VP8 ":
            guard try reader.bytes(at: data + 3, count: 3) == [0x9D, 0x01, 0x2A] else { throw DamagedImage() }
            try plan.setSize(
                width: reader.little16(at: data + 6).map { $0 & 0x3FFF },
                height: reader.little16(at: data + 8).map { $0 & 0x3FFF })
        case "VP8L":
            guard try reader.byte(at: data) == 0x2F, let bits = try reader.little32(at: data + 1) else {
                throw DamagedImage()
            }
            try plan.setSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
        default: throw DamagedImage()
        }
    }
}
