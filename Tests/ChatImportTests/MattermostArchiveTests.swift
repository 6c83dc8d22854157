import ChatDomain
import ChatService
import Foundation
import Testing

@testable import ChatImport

@Suite("Imports from Mattermost")
struct MattermostArchiveTests {
    static let lines = """
        {"type":"version","version":1}
        {"type":"team","team":{"name":"eng","display_name":"Engineering"}}
        {"type":"channel","channel":{"team":"eng","name":"town","display_name":"Town Square","type":"O","header":"All"}}
        {"type":"channel","channel":{"team":"eng","name":"secret","type":"P"}}
        {"type":"user","user":{"username":"anna","first_name":"Anna","last_name":"A.","teams":[{"name":"eng","channels":[{"name":"town","roles":"channel_admin channel_user"},{"name":"secret"}]}]}}
        {"type":"user","user":{"username":"ben","nickname":"Benny","teams":[{"name":"eng","channels":[{"name":"town"}]}]}}
        {"type":"user","user":{"username":"admin","teams":[{"name":"eng","channels":[{"name":"town"}]}]}}
        {"type":"post","post":{"team":"eng","channel":"town","user":"anna","message":"root @ben","create_at":1600000000000,"reactions":[{"user":"ben","emoji_name":"tada","create_at":1}],"replies":[{"user":"ben","message":"much later","create_at":1600000900000}]}}
        {"type":"post","post":{"team":"eng","channel":"town","user":"ben","message":"between","create_at":1600000100000,"edit_at":1600000200000,"attachments":[{"path":"2020/a.txt"}]}}
        {"type":"post","post":{"team":"eng","channel":"town","user":"ben","type":"system_join_channel","message":"ben joined","create_at":1600000050000}}
        {"type":"post","post":{"team":"eng","channel":"town","user":"gone","message":"who am I","create_at":1600000150000}}
        {"type":"direct_channel","direct_channel":{"members":["anna","ben"]}}
        {"type":"direct_post","direct_post":{"channel_members":["ben","anna"],"user":"anna","message":"psst","create_at":1600000000000}}
        {"type":"direct_post","direct_post":{"channel_members":["anna","ben","admin"],"user":"anna","message":"all three","create_at":1600000000001}}

        """

    private func archive(_ target: TestTarget, _ text: String = lines) throws -> MattermostArchive {
        let url = target.folder.appending(path: "\(UUID().uuidString).jsonl")
        try Data(text.utf8).write(to: url)
        return try MattermostArchive(path: url.path)
    }

    @Test(
        "Posts come in the order of time, replies know their root; directs and groups are those of their people"
    )
    func everything() async throws {
        try await TestTarget.run { target in
            let report = try await target.bring(archive(target))
            #expect(report.newPeople == 3 && report.matchedPeople == 1 && report.conversations == 4)
            #expect(report.messages == 6 && report.replies == 1 && report.reactions == 1 && report.files == 0)
            #expect(report.left["events such as joining, leaving, renaming"] == 1)
            let town = try #require(
                try await target.conversations(of: "admin").first { $0.name == "Town Square" })
            let messages = try await target.messages(of: town.id, reader: "admin")
            #expect(
                messages.map(\.body) == ["root @ben", "between\n(file: a.txt)", "who am I", "much later"])
            #expect(messages[3].quote?.seq == MessageSeq(1) && messages[0].replies == 1)
            #expect(messages[1].editedAt?.milliseconds == 1_600_000_200_000)
            #expect(messages[2].senderName == "gone" && messages[2].isFromBot)
            let ben = try await target.person("ben")
            #expect(ben.name == "Benny" && messages[0].mentions == [ben.id])
            let annas = try await target.conversations(of: "anna")
            #expect(annas.first { $0.id == town.id }?.role == .owner)
            #expect(Set(annas.map(\.kind)) == [.publicRoom, .privateRoom, .direct, .group])
            let again = try await target.bring(archive(target))
            #expect(again.messages == 0 && again.knownMessages == 6 && again.conversations == 0)
        }
    }

    @Test("A ZIP file brings its files along")
    func zipped() async throws {
        try await TestTarget.run { target in
            let path = try ZipMaker([("export.jsonl", Self.lines), ("data/2020/a.txt", "content")])
                .write(to: target.folder)
            let report = try await target.bring(MattermostArchive(path: path))
            #expect(report.files == 1)
            let town = try #require(
                try await target.conversations(of: "admin").first { $0.name == "Town Square" })
            let messages = try await target.messages(of: town.id, reader: "admin")
            #expect(messages[1].body == "between" && messages[1].files.map(\.name) == ["a.txt"])
        }
    }

    @Test(
        "Exports that are none, or do harm, are refused with a sentence",
        arguments: [
            ("", "names no version"), ("hello", "Line 1 is not of the form"),
            (#"{"type":"version","version":2}"#, "only version 1"),
            (lines + #"{"type":"user","user":{"username":"anna"}}"#, "is there twice"),
            (lines + #"{"type":"channel","channel":{"team":"eng","name":"town"}}"#, "is there twice"),
            (
                lines
                    + #"{"type":"post","post":{"team":"eng","channel":"town","user":"anna","create_at":-1}}"#,
                "no time at which"
            ),
            (
                lines
                    + #"{"type":"post","post":{"team":"eng","channel":"town","user":"anna","create_at":99999999999999}}"#,
                "no time at which"
            ),
            (
                lines
                    + #"{"type":"post","post":{"team":"eng","channel":"town","user":"anna","create_at":"x"}}"#,
                "not of the form"
            ),
        ])
    func hostile(text: String, sentence: String) async throws {
        try await TestTarget.run { target in
            do {
                _ = try archive(target, text)
                Issue.record("it was taken")
            } catch let problem as ArchiveProblem {
                #expect(problem.description.contains(sentence))
            }
        }
    }
}
