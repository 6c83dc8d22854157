import ChatDomain
import Testing

@Suite("What the first bytes say")
struct FileTypeTests {
    private static func iso(_ brand: String) -> [UInt8] { [0, 0, 0, 24] + Array("ftyp\(brand)rest".utf8) }

    @Test(
        "Media are known by their signature, whatever they are called",
        arguments: [
            ([0xFF, 0xD8, 0xFF, 0xE0, 0], "image/jpeg", .image),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "image/png", .image),
            (Array("GIF87a...".utf8), "image/gif", .image), (Array("GIF89a".utf8), "image/gif", .image),
            (Array("RIFF....WEBPVP8 ".utf8), "image/webp", .image),
            (Array("RIFF....WAVEfmt ".utf8), "audio/wav", .audio),
            (iso("isom"), "video/mp4", .video), (iso("mp42"), "video/mp4", .video),
            (iso("M4A "), "audio/mp4", .audio),
            (iso("M4B "), "audio/mp4", .audio),
            ([0x1A, 0x45, 0xDF, 0xA3] + Array("....webm".utf8), "video/webm", .video),
            (Array("OggS".utf8), "audio/ogg", .audio), (Array("fLaC".utf8), "audio/flac", .audio),
            (Array("ID3".utf8), "audio/mpeg", .audio), ([0xFF, 0xFB, 0x90], "audio/mpeg", .audio),
            ([0xFF, 0xF3, 0x90], "audio/mpeg", .audio), ([0xFF, 0xF2], "audio/mpeg", .audio),
        ] as [([UInt8], String, FileType.Kind)])
    func media(bytes: [UInt8], name: String, kind: FileType.Kind) {
        let type = FileType.sniffed(bytes)
        #expect(type.name == name && type.kind == kind && type.isSafeInline)
    }

    @Test(
        "What a browser must not show in its place is for keeping only",
        arguments: [
            (iso("avif"), "image/avif"), (iso("avis"), "image/avif"), (iso("heic"), "image/heic"),
            (iso("heix"), "image/heic"), (iso("hevc"), "image/heic"), (iso("mif1"), "image/heic"),
            (iso("msf1"), "image/heic"), (iso("qt  "), "video/quicktime"),
            ([0x1A, 0x45, 0xDF, 0xA3] + Array("....matroska".utf8), "video/x-matroska"),
            (Array("%PDF-1.7".utf8), "application/pdf"), ([0x50, 0x4B, 0x03, 0x04, 0], "application/zip"),
            ([0x1F, 0x8B, 8], "application/gzip"),
            // Programs of a browser are text to us, never HTML, SVG or script.
            (Array("<!doctype html><script>alert(1)</script>".utf8), "text/plain"),
            (Array("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".utf8), "text/plain"),
            (Array("#!/bin/sh\r\n\techo\u{C}".utf8), "text/plain"), (Array("Grüße".utf8), "text/plain"),
            ([], "text/plain"),
            ([0x7F, 0x45, 0x4C, 0x46], "application/octet-stream"), ([0], "application/octet-stream"),
            (Array("text\u{1B}[31m".utf8), "application/octet-stream"),
        ] as [([UInt8], String)])
    func files(bytes: [UInt8], name: String) {
        let type = FileType.sniffed(bytes)
        #expect(type.name == name && type.kind == .file && !type.isSafeInline)
    }

    @Test(
        "Half a signature is none",
        arguments: [
            [0xFF, 0xD8], [0xFF], [0x89, 0x50, 0x4E, 0x47], Array("GIF88a".utf8), Array("RIFF....WEB".utf8),
            Array("RIFF".utf8), [0x1A, 0x45, 0xDF], Array("xftypisom".utf8), [0x50, 0x4B, 0x03],
            // The word of the container stands too far in.
            [0x1A, 0x45, 0xDF, 0xA3] + [UInt8](repeating: 0x20, count: 70) + Array("webm".utf8),
        ] as [[UInt8]])
    func incomplete(bytes: [UInt8]) {
        #expect(FileType.sniffed(bytes).kind == .file)
    }
}
