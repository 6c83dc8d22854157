import ChatDomain
import ChatService
import Testing

@Suite("Pictures of people and rooms")
struct AvatarTests {
    @Test("A picture of oneself is cleaned, told and shown to everybody; the one before goes after a day")
    func mine() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            test.announcer.clear()
            let first = try await test.chat.setAvatar(SampleImages.jpeg(orientation: 1), by: anna).account
                .user
            let picture = try #require(first.avatar)
            #expect(test.announcer.all == [.userChanged(first, in: [direct])])
            #expect(try await test.summary(direct, for: bert).peer?.avatar == picture)
            let served = try await test.chat.openFile(picture, thumbnail: false, by: bert)
            let bytes = try await served.read(at: 0, count: served.count)
            #expect(bytes == SampleImages.cleanJPEG(orientation: 1))
            let second = try await test.chat.setAvatar(SampleImages.gif, by: anna).account.user
            #expect(second.avatar != nil && second.avatar != picture)
            test.clock.advance(hours: 25)
            #expect(try await test.chat.prune().files == 1)
            await expectError(.notFound) { try await test.chat.openFile(picture, thumbnail: false, by: bert) }
            let none = try await test.chat.removeAvatar(by: anna).account.user
            #expect(none.avatar == nil)
            #expect(try await test.chat.prune().files == 1)
        }
    }

    @Test("What is no picture, or too much of one, is none")
    func refused() async throws {
        try await withChat { test in
            let anna = try await test.open()
            await expectError(.type) { try await test.chat.setAvatar([1, 2, 3], by: anna) }
            await expectError(.tooLarge) {
                try await test.chat.setAvatar(SampleImages.png(width: 1_601), by: anna)
            }
            await expectError(.tooLarge) {
                try await test.chat.setAvatar([UInt8](repeating: 0, count: 1_048_577), by: anna)
            }
            let none = try await test.chat.removeAvatar(by: anna)
            #expect(none.account.user.avatar == nil)
        }
    }

    @Test("A room's picture is seen by its members, of a public room by everybody")
    func room() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let cora = try await test.person("cora")
            let room = try await test.room(isPublic: false, members: [bert], by: anna)
            func upload(_ bytes: [UInt8], by user: UserID) async throws -> FileID {
                let start = try await test.chat.beginUpload(
                    test.cid(), name: FileName("p"), length: nil, by: user)
                guard case .begun(let upload) = start else { throw CancellationError() }
                try await upload.write(bytes)
                return try await upload.finish().id
            }
            let picture = try await upload(SampleImages.png(), by: anna)
            let text = try await upload([65], by: anna)
            await expectError(.type) {
                try await test.chat.updateRoom(room, RoomUpdate.picture(text), by: anna)
            }
            await expectError(.forbidden) {
                try await test.chat.updateRoom(room, RoomUpdate.picture(FileID(bits: 9)), by: bert)
            }
            let changed = try await test.chat.updateRoom(room, RoomUpdate.picture(picture), by: anna)
            #expect(changed.avatar == picture)
            let seen = try await test.chat.openFile(picture, thumbnail: false, by: bert)
            #expect(seen.type == .png)
            await expectError(.notFound) { try await test.chat.openFile(picture, thumbnail: false, by: cora) }
            _ = try await test.chat.updateRoom(room, RoomUpdate(isPublic: true), by: anna)
            _ = try await test.chat.openFile(picture, thumbnail: false, by: cora)
            test.clock.advance(hours: 25)
            #expect(try await test.chat.prune().files == 1)
            let without = try await test.chat.updateRoom(room, RoomUpdate.picture(nil), by: anna)
            #expect(without.avatar == nil)
            #expect(try await test.chat.prune().files == 1)
        }
    }
}

extension RoomUpdate {
    fileprivate static func picture(_ file: FileID?) -> RoomUpdate {
        var update = RoomUpdate()
        update.avatar = .some(file)
        return update
    }
}
