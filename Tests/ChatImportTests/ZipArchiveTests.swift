import Foundation
import Testing

@testable import ChatImport

@Suite("ZIP files")
struct ZipArchiveTests {
    private func open(_ bytes: [UInt8]) throws -> ZipArchive {
        let path = FileManager.default.temporaryDirectory.appending(path: "zip-\(UUID().uuidString)")
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return try ZipArchive(path: path.path)
    }

    private func open(_ files: ZipMaker.File...) throws -> ZipArchive {
        var maker = ZipMaker()
        for file in files { maker.add(file) }
        return try open(maker.bytes)
    }

    @Test("Stored and deflated files are read, and checked")
    func reads() throws {
        let large = Array(String(repeating: "All work and no play. ", count: 20_000).utf8)
        let zip = try open(
            .init(name: "a.txt", content: Array("hello".utf8)),
            .init(name: "b/c.txt", content: large, isDeflated: true), .init(name: "empty", content: []),
            .init(name: "folder/", content: []))
        #expect(Set(zip.entries.keys) == ["a.txt", "b/c.txt", "empty"])
        for (name, content) in [("a.txt", Array("hello".utf8)), ("b/c.txt", large), ("empty", [])] {
            let entry = try #require(zip.entries[name])
            #expect(try zip.content(of: entry, limit: 1 << 20) == content)
        }
        let entry = try #require(zip.entries["b/c.txt"])
        #expect(throws: ArchiveProblem.self) { try zip.content(of: entry, limit: 1_000) }
    }

    @Test(
        "Names that lead elsewhere are refused",
        arguments: [
            "../etc/passwd", "a/../../b", "/etc/passwd", "a//b", "./a", "a\\b", "a\u{0}b", "..",
        ])
    func traversal(name: String) {
        #expect(
            throws: ArchiveProblem("The archive holds a file whose name leads elsewhere: it is not taken.")
        ) {
            try open(.init(name: name, content: [1]))
        }
    }

    @Test("A file that is there twice is refused")
    func twice() {
        #expect(throws: ArchiveProblem("The archive holds a.json twice.")) {
            try open(.init(name: "a.json", content: [1]), .init(name: "a.json", content: [2]))
        }
    }

    @Test("What unfolds to too much is refused, whatever the list says of it")
    func bombs() throws {
        let zeros = [UInt8](repeating: 0, count: 8 << 20)
        // Honest about its size, which is too much for so small an archive.
        #expect(throws: ArchiveProblem.self) {
            var maker = ZipMaker()
            for number in 0..<20 {
                maker.add(.init(name: "\(number)", content: zeros, isDeflated: true))
            }
            _ = try open(maker.bytes)
        }
        // A size that deflate cannot reach.
        #expect(throws: ArchiveProblem("a unfolds to more than it can be: it is not taken.")) {
            try open(.init(name: "a", content: [1, 2, 3], isDeflated: true, count: 1 << 20))
        }
        // Larger than the list says.
        let liar = try open(.init(name: "a", content: zeros, isDeflated: true, count: 1_000))
        let entry = try #require(liar.entries["a"])
        #expect(throws: ArchiveProblem("a is larger than the archive says: it is not taken.")) {
            try liar.content(of: entry, limit: 1 << 30)
        }
        // The same bytes under many names.
        #expect(throws: ArchiveProblem("Files of the archive lie over one another: it is not taken.")) {
            try open(
                .init(name: "a", content: [1, 2, 3]),
                .init(name: "b", content: [1, 2, 3], isOverlapping: true))
        }
    }

    @Test("Damage is noticed")
    func damage() throws {
        for file in [
            ZipMaker.File(name: "a", content: Array("hello".utf8), crc: 1),
            ZipMaker.File(name: "a", content: Array("hello".utf8), isDeflated: true, count: 6),
        ] {
            let zip = try open(file)
            let entry = try #require(zip.entries["a"])
            #expect(throws: ArchiveProblem("a is damaged.")) { try zip.content(of: entry, limit: 100) }
        }
        #expect(throws: ArchiveProblem("a is encrypted.")) {
            try open(.init(name: "a", content: [1], flags: 1))
        }
        #expect(throws: ArchiveProblem("a is packed in a way that is not known here.")) {
            try open(.init(name: "a", content: [1], method: 12))
        }
        for bytes in [[], Array("PK".utf8), [UInt8](repeating: 0, count: 100)] {
            #expect(throws: ArchiveProblem("This is no ZIP file.")) { try open(bytes) }
        }
    }

    @Test("No prefix and no changed byte of an archive does harm")
    func fuzzed() throws {
        let whole = ZipMaker([("users.json", "[]"), ("a/b.json", "{}")]).bytes
        for length in 0..<whole.count { _ = try? open(Array(whole.prefix(length))) }
        for index in whole.indices {
            var bytes = whole
            bytes[index] ^= 0xFF
            guard let zip = try? open(bytes) else { continue }
            for entry in zip.entries.values { _ = try? zip.content(of: entry, limit: 1 << 20) }
        }
    }
}
