internal import ChatDomain

/// JPEG (ITU-T T.81, annex B): segments behind markers, and entropy-coded data behind each start of a scan.
enum JPEGContainer {
    static func plan(_ reader: inout ByteReader) throws -> ImagePlan {
        var plan = ImagePlan()
        guard try reader.bytes(at: 0, count: 2) == [0xFF, 0xD8] else { throw DamagedImage() }
        try plan.keep(0..<2)
        var offset = 2
        var orientation: UInt8 = 1
        var frame: (width: Int, height: Int)?
        var hasScan = false
        while true {
            guard try reader.byte(at: offset) == 0xFF, let marker = try reader.byte(at: offset + 1) else {
                // A camera that was switched off: what there is of the picture is kept.
                guard hasScan else { throw DamagedImage() }
                try plan.write([0xFF, 0xD9])
                break
            }
            switch marker {
            case 0xFF:
                offset += 1
                continue
            case 0xD9:
                guard hasScan else { throw DamagedImage() }
                try plan.keep(offset..<offset + 2)
            case 0x01, 0xD0...0xD7:
                try plan.keep(offset..<offset + 2)
                offset += 2
                continue
            case 0x00, 0xD8: throw DamagedImage()
            default:
                guard let length = try reader.big16(at: offset + 2), length >= 2,
                    length <= reader.count - offset - 2
                else { throw DamagedImage() }
                let segment = offset..<offset + 2 + length
                offset = segment.upperBound
                switch marker {
                case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                    guard frame == nil, length >= 8,
                        let height = try reader.big16(at: segment.lowerBound + 5),
                        let width = try reader.big16(at: segment.lowerBound + 7)
                    else { throw DamagedImage() }
                    frame = (width, height)
                    try plan.keep(segment)
                case 0xDA:
                    guard frame != nil else { throw DamagedImage() }
                    hasScan = true
                    offset = try endOfScan(from: offset, &reader)
                    try plan.keep(segment.lowerBound..<offset)
                case 0xE1:
                    if orientation == 1, let found = try Self.orientation(in: segment, &reader), found != 1 {
                        orientation = found
                        try plan.write(orientationSegment(found))
                    }
                case 0xE0, 0xE2...0xEF:
                    if try isNeeded(marker, segment, &reader) { try plan.keep(segment) }
                case 0xF0...0xFE: break
                default: try plan.keep(segment)
                }
                continue
            }
            break
        }
        // Orientations from 5 on lie on their side.
        try plan.setSize(
            width: orientation > 4 ? frame?.height : frame?.width,
            height: orientation > 4 ? frame?.width : frame?.height)
        return plan
    }

    /// Where the entropy-coded data ends: at a marker that is neither a stuffed byte nor a restart.
    private static func endOfScan(from start: Int, _ reader: inout ByteReader) throws -> Int {
        var offset = start
        while let byte = try reader.byte(at: offset) {
            guard byte == 0xFF else {
                offset += 1
                continue
            }
            guard let next = try reader.byte(at: offset + 1) else { return offset }
            switch next {
            case 0x00, 0xD0...0xD7: offset += 2
            case 0xFF: offset += 1
            default: return offset
            }
        }
        return offset
    }

    /// Of the application's segments those that colours depend on: JFIF without a thumbnail, colour profiles, Adobe's
    /// transform.
    private static func isNeeded(
        _ marker: UInt8, _ segment: Range<Int>, _ reader: inout ByteReader
    ) throws -> Bool {
        switch marker {
        case 0xE0: try reader.has("JFIF\0", at: segment.lowerBound + 4) && segment.count == 18
        case 0xE2: try reader.has("ICC_PROFILE\0", at: segment.lowerBound + 4)
        case 0xEE: try reader.has("Adobe", at: segment.lowerBound + 4) && segment.count == 16
        default: false
        }
    }

    /// The tag 0x0112 of the first directory (Exif 2.3, 4.6.2): which way is up.
    private static func orientation(in segment: Range<Int>, _ reader: inout ByteReader) throws -> UInt8? {
        guard try reader.has("Exif\0\0", at: segment.lowerBound + 4) else { return nil }
        let start = segment.lowerBound + 10
        guard start < segment.upperBound else { return nil }
        let isBig = try reader.has("MM\0*", at: start)
        guard try isBig || reader.has("II*\0", at: start) else { return nil }
        func number16(_ offset: Int) throws -> Int? {
            guard offset + 2 <= segment.upperBound else { return nil }
            return try isBig ? reader.big16(at: offset) : reader.little16(at: offset)
        }
        func number32(_ offset: Int) throws -> Int? {
            guard offset + 4 <= segment.upperBound else { return nil }
            return try isBig ? reader.big32(at: offset) : reader.little32(at: offset)
        }
        guard let directory = try number32(start + 4), let entries = try number16(start + directory) else {
            return nil
        }
        for entry in 0..<entries {
            let offset = start + directory + 2 + entry * 12
            guard let tag = try number16(offset) else { return nil }
            guard tag == 0x0112 else { continue }
            guard let value = try number16(offset + 8), (1...8).contains(value) else { return nil }
            return UInt8(value)
        }
        return nil
    }

    /// An Exif segment that says which way is up, and nothing else.
    private static func orientationSegment(_ orientation: UInt8) -> [UInt8] {
        [0xFF, 0xE1, 0x00, 0x22] + Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1]
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0] + [0, 0, 0, 0]
    }
}
