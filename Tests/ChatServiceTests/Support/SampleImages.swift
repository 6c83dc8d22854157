/// Small pictures, built by hand, with everything in them that a camera or a program may leave there.
enum SampleImages {
    /// What must not be in a cleaned picture.
    static let secrets = ["GPS-HERE", "CAMERA-42", "A COMMENT", "XMP-DATA", "BEHIND-THE-END"]

    static func holdsSecret(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: Unicode.ASCII.self)
        return secrets.contains { text.contains($0) }
    }

    // MARK: - JPEG

    static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
        let length = data.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + data
    }

    /// An Exif segment in either byte order.
    static func exif(orientation: UInt8, isBig: Bool) -> [UInt8] {
        func number(_ value: Int, _ size: Int) -> [UInt8] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
            return isBig ? bytes.reversed() : bytes
        }
        let header = Array("Exif\0\0".utf8) + Array((isBig ? "MM" : "II").utf8) + number(42, 2) + number(8, 4)
        let make = number(0x010F, 2) + number(2, 2) + number(9, 4) + number(38, 4)
        let turn = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + [0, 0]
        let body = header + number(2, 2) + make + turn + number(0, 4) + Array("CAMERA-42 GPS-HERE".utf8)
        return segment(0xE1, body)
    }

    static let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
    static let profile = segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 7, 7, 7])
    static let adobe = segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1])
    static let tables = segment(0xDB, [UInt8](repeating: 1, count: 65))
    static let codes = segment(0xC4, [UInt8](repeating: 0, count: 17))
    static let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]

    static func frame(width: Int, height: Int) -> [UInt8] {
        segment(
            0xC0,
            [
                8, UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF), 1, 1,
                0x11, 0,
            ])
    }

    static func jpeg(orientation: UInt8 = 6, isBig: Bool = false, width: Int = 40, height: Int = 30)
        -> [UInt8]
    {
        [0xFF, 0xD8] + jfif + exif(orientation: orientation, isBig: isBig)
            + segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0XMP-DATA".utf8)) + profile
            + segment(0xE2, Array("MPF\0GPS-HERE".utf8))
            + segment(0xED, Array("Photoshop 3.0\0CAMERA-42".utf8))
            + adobe + segment(0xFE, Array("A COMMENT".utf8)) + tables + frame(width: width, height: height)
            + codes
            + scan + segment(0xFE, Array("A COMMENT".utf8)) + codes + scan + [0xFF, 0xD9]
            + Array("BEHIND-THE-END".utf8)
    }

    /// The same picture as it is to come out.
    static func cleanJPEG(orientation: UInt8) -> [UInt8] {
        let turn: [UInt8] =
            orientation == 1
            ? []
            : [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8)
                + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        return [0xFF, 0xD8] + jfif + turn + profile + adobe + tables + frame(width: 40, height: 30) + codes
            + scan
            + codes + scan + [0xFF, 0xD9]
    }

    // MARK: - PNG

    static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        // Nobody checks the checksum here; it must come out as it went in.
        big32(data.count) + Array(name.utf8) + data + [0xC, 0xC, 0xC, 0xC]
    }

    static func big32(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - $0 * 8)) }
    }

    static let pngStart: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func header(width: Int, height: Int) -> [UInt8] {
        chunk("IHDR", big32(width) + big32(height) + [8, 2, 0, 0, 0])
    }

    static func png(width: Int = 40, height: Int = 30) -> [UInt8] {
        pngStart + header(width: width, height: height) + chunk("tEXt", Array("Author\0CAMERA-42".utf8))
            + chunk("eXIf", Array("II*\0GPS-HERE".utf8)) + chunk("gAMA", [0, 0, 1, 1])
            + chunk("iTXt", Array("XML:com.adobe.xmp\0XMP-DATA".utf8)) + chunk("IDAT", [1, 2, 3])
            + chunk("tIME", [1, 2, 3, 4, 5, 6, 7]) + chunk("IDAT", [4, 5]) + chunk("IEND", [])
            + Array("BEHIND-THE-END".utf8)
    }

    static let cleanPNG =
        pngStart + header(width: 40, height: 30) + chunk("gAMA", [0, 0, 1, 1]) + chunk("IDAT", [1, 2, 3])
        + chunk("IDAT", [4, 5]) + chunk("IEND", [])

    // MARK: - GIF

    private static let gifStart =
        Array("GIF89a".utf8) + [40, 0, 30, 0, 0x80, 0, 0] + [0, 0, 0, 255, 255, 255]
    private static let loop: [UInt8] = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
    private static let delay: [UInt8] = [0x21, 0xF9, 4, 0, 10, 0, 0, 0]
    private static let picture: [UInt8] =
        [0x2C, 0, 0, 0, 0, 40, 0, 30, 0, 0x80, 1, 2, 3, 4, 5, 6, 2, 2, 0x44, 0x01, 1, 9, 0]

    static let gif: [UInt8] = {
        let xmp = [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8) + [8] + Array("XMP-DATA".utf8) + [0]
        let comment = [0x21, 0xFE, 9] + Array("A COMMENT".utf8) + [0]
        return gifStart + loop + xmp + delay + picture + comment + delay + picture + [0x3B]
            + Array("BEHIND-THE-END".utf8)
    }()

    static let cleanGIF = gifStart + loop + delay + picture + delay + picture + [0x3B]

    // MARK: - WebP

    static func riff(_ chunks: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + little32(chunks.count + 4) + Array("WEBP".utf8) + chunks
    }

    static func little32(_ value: Int) -> [UInt8] { big32(value).reversed() }

    static func webpChunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little32(data.count) + data + (data.count % 2 == 1 ? [0] : [])
    }

    private static func canvas(flags: UInt8) -> [UInt8] {
        webpChunk("VP8X", [flags, 0, 0, 0, 39, 0, 0, 29, 0, 0])
    }

    private static let pixels = webpChunk("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 40, 0, 30, 0, 7])

    static let webp =
        riff(
            canvas(flags: 0x2C) + webpChunk("ICCP", [1, 2, 3]) + pixels
                + webpChunk("EXIF", Array("II*\0GPS-HERE".utf8)) + webpChunk("XMP ", Array("XMP-DATA!".utf8)))
        + Array("BEHIND-THE-END".utf8)

    static let cleanWebP = riff(canvas(flags: 0x20) + webpChunk("ICCP", [1, 2, 3]) + pixels)

    /// A picture without alpha and animation: 40 by 30.
    static let losslessWebP: [UInt8] = {
        let bits = 39 | 29 << 14
        return riff(webpChunk("VP8L", [0x2F] + little32(bits) + [9]))
    }()
}
