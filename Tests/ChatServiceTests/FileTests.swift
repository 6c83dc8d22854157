import ChatDomain
import ChatService
import Foundation
import Testing

@Suite("Files")
struct FileTests {
    @discardableResult
    private func upload(
        _ bytes: [UInt8], name: String = "a file.txt", request: ClientMessageID? = nil, by user: UserID,
        _ test: TestChat
    ) async throws -> StoredFile {
        let start = try await test.chat.beginUpload(
            request ?? test.cid(), name: FileName(name), length: Int64(bytes.count), by: user)
        switch start {
        case .known(let file): return file
        case .begun(let upload):
            for piece in stride(from: 0, to: bytes.count, by: 100) {
                try await upload.write(Array(bytes.dropFirst(piece).prefix(100)))
            }
            return try await upload.finish()
        }
    }

    private func contents(_ file: StoredFile, by user: UserID, _ test: TestChat) async throws -> [UInt8] {
        let served = try await test.chat.openFile(file.id, thumbnail: false, by: user)
        return try await served.read(at: 0, count: served.count)
    }

    private func onDisk(_ test: TestChat) throws -> [String] {
        let folder = test.folder.appending(path: "files").path
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains("fil_") }
    }

    @Test("What was uploaded comes back; a picture comes back without what it told of its maker")
    func roundTrip() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let text = Array(String(repeating: "hello ", count: 200).utf8)
            let file = try await upload(text, name: "C:\\folder\\note.txt", by: anna, test)
            #expect(file.name == "note.txt" && file.type == FileType("text/plain", .file))
            #expect(file.bytes == 1_200 && file.size == nil)
            #expect(try await contents(file, by: anna, test) == text)
            let picture = try await upload(SampleImages.jpeg(orientation: 6), by: anna, test)
            let clean = SampleImages.cleanJPEG(orientation: 6)
            #expect(picture.type == .jpeg && picture.size == .init(width: 30, height: 40))
            #expect(picture.bytes == Int64(clean.count))
            #expect(try await contents(picture, by: anna, test) == clean)
            #expect(try onDisk(test).count == 2)
        }
    }

    @Test("The same upload again is the first one")
    func again() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let request = test.cid()
            let first = try await upload([1, 2], request: request, by: anna, test)
            #expect(try await upload([3], request: request, by: anna, test) == first)
            #expect(try await upload([3], request: request, by: bert, test) != first)
            #expect(try onDisk(test).count == 2)
        }
    }

    @Test("Too much, damaged or broken off: nothing stays")
    func refused() async throws {
        try await withChat(uploads: UploadLimits(bytes: 300, bytesPerPerson: 500, concurrent: 1)) { test in
            let anna = try await test.open()
            await expectError(.tooLarge) {
                try await test.chat.beginUpload(test.cid(), name: FileName("x"), length: 301, by: anna)
            }
            await expectError(.type) { try await upload(Array(SampleImages.gif.prefix(40)), by: anna, test) }
            let start = try await test.chat.beginUpload(
                test.cid(), name: FileName("x"), length: nil, by: anna)
            guard case .begun(let open) = start else { throw CancellationError() }
            await expectError(.busy) {
                try await test.chat.beginUpload(test.cid(), name: FileName("x"), length: nil, by: anna)
            }
            try await open.write([UInt8](repeating: 7, count: 300))
            await expectError(.tooLarge) { try await open.write([7]) }
            withExtendedLifetime(open) {}
        }
        try await withChat(uploads: UploadLimits(bytes: 300, bytesPerPerson: 500, concurrent: 1)) { test in
            let anna = try await test.open()
            try await upload([UInt8](repeating: 7, count: 300), by: anna, test)
            await expectError(.quota) {
                try await upload([UInt8](repeating: 7, count: 201), by: anna, test)
            }
            try await upload([UInt8](repeating: 7, count: 200), by: anna, test)
            let start = try await test.chat.beginUpload(test.cid(), name: FileName("x"), length: 0, by: anna)
            guard case .begun(let liar) = start else { throw CancellationError() }
            try await liar.write([1])
            await expectError(.quota) { try await liar.finish() }
            #expect(try onDisk(test).filter { !$0.hasPrefix("incoming") }.count == 2)
        }
    }

    @Test("Files go with a message; whoever is there reads them, and nobody else, and not after it")
    func sending() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let cora = try await test.person("cora")
            let room = try await test.room(isPublic: false, members: [bert], by: anna)
            let first = try await upload([1], by: anna, test)
            let second = try await upload(SampleImages.png(), by: anna, test)
            await expectError(.notFound) { try await contents(first, by: bert, test) }
            test.announcer.clear()
            let cid = test.cid()
            let sent = try await test.chat.sendMessage(
                .none, files: [second.id, first.id], cid: cid, to: room, by: anna)
            #expect(test.announcer.messages.first?.files == [second, first])
            #expect(test.announcer.messages.first?.body == "")
            #expect(
                try await test.chat.loadPage(of: room, .newest, by: bert).messages.last?.files == [
                    second, first,
                ])
            #expect(try await test.summary(room, for: bert).last?.files == 2)
            #expect(try await contents(first, by: bert, test) == [1])
            await expectError(.notFound) { try await contents(first, by: cora, test) }
            let again = try await test.chat.sendMessage(
                .none, files: [second.id, first.id], cid: cid, to: room, by: anna)
            #expect(again.isDuplicate && again.seq == sent.seq)
            await expectError(.cidReused) {
                try await test.chat.sendMessage(.none, files: [first.id], cid: cid, to: room, by: anna)
            }
            // Whoever may read a file may pass it on.
            let direct = try await test.chat.openDirect(with: cora, by: bert).id
            _ = try await test.chat.sendMessage(
                MessageBody("look"), files: [first.id], cid: test.cid(), to: direct, by: bert)
            #expect(try await contents(first, by: cora, test) == [1])
            let listed = try await test.chat.listFiles(of: room, by: bert)
            #expect(listed.map(\.file) == [second, first] && listed.map(\.seq) == [sent.seq, sent.seq])
            #expect(try await test.chat.listFiles(of: room, before: sent.seq, by: bert).isEmpty)
            await expectError(.notFound) { try await test.chat.listFiles(of: room, by: cora) }
            try await test.chat.removeMember(bert, from: room, by: anna)
            await expectError(.notFound) { try await contents(second, by: bert, test) }
        }
    }

    @Test("No foreign, unknown, doubled or too many files in a message; no message of nothing")
    func badSends() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: anna)
            let mine = try await upload([1], by: anna, test)
            func send(_ files: [FileID], by user: UserID) async throws {
                _ = try await test.chat.sendMessage(.none, files: files, cid: test.cid(), to: room, by: user)
            }
            await expectError(.notFound) { try await send([mine.id], by: bert) }
            await expectError(.notFound) { try await send([FileID(bits: 5)], by: anna) }
            await expectError(.invalid) { try await send([mine.id, mine.id], by: anna) }
            await expectError(.invalid) { try await send((0..<11).map { FileID(bits: $0) }, by: anna) }
            await expectError(.invalid) { try await send([], by: anna) }
        }
    }

    @Test("Small pictures come from the client, and are looked at like all others")
    func thumbnails() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let request = test.cid()
            let file = try await upload([1], request: request, by: anna, test)
            await expectError(.notFound) { try await test.chat.openFile(file.id, thumbnail: true, by: anna) }
            await expectError(.type) { try await test.chat.keepThumbnail([1, 2], of: request, by: anna) }
            await expectError(.type) {
                try await test.chat.keepThumbnail(SampleImages.gif, of: request, by: anna)
            }
            await expectError(.notFound) {
                try await test.chat.keepThumbnail(SampleImages.webp, of: request, by: bert)
            }
            await expectError(.tooLarge) {
                try await test.chat.keepThumbnail(SampleImages.png(width: 1_601), of: request, by: anna)
            }
            await expectError(.tooLarge) {
                try await test.chat.keepThumbnail(
                    [UInt8](repeating: 0, count: 524_289), of: request, by: anna)
            }
            try await test.chat.keepThumbnail(SampleImages.webp, of: request, by: anna)
            let served = try await test.chat.openFile(file.id, thumbnail: true, by: anna)
            #expect(served.type == .webp && served.file.hasThumbnail)
            #expect(try await served.read(at: 0, count: 10_000) == SampleImages.cleanWebP)
        }
    }

    @Test("What nobody sent is gone after a day; what was sent stays")
    func pruning() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            let request = test.cid()
            let unsent = try await upload([1], request: request, by: anna, test)
            try await test.chat.keepThumbnail(SampleImages.webp, of: request, by: anna)
            let sent = try await upload([2], by: anna, test)
            _ = try await test.chat.sendMessage(.none, files: [sent.id], cid: test.cid(), to: room, by: anna)
            test.clock.advance(hours: 23)
            #expect(try await test.chat.prune().files == 0)
            test.clock.advance(hours: 2)
            #expect(try await test.chat.prune().files == 1)
            await expectError(.notFound) { try await contents(unsent, by: anna, test) }
            #expect(try await contents(sent, by: anna, test) == [2])
            #expect(try onDisk(test).count == 1)
        }
    }
}
