import ChatDomain
import ChatService
import Foundation
import Testing

@testable import ChatImport

@Suite("Imports from Slack")
struct SlackArchiveTests {
    static let users = """
        [{"id":"U1","team_id":"T1","name":"anna","profile":{"real_name":"Anna A.","display_name":"Anna"}},
         {"id":"U2","team_id":"T1","name":"Ben O'Neil","real_name":"Ben"},
         {"id":"U3","name":"admin"},{"id":"B1","name":"builds","is_bot":true}]
        """
    static let channels = """
        [{"id":"C1","name":"general","created":1600000000,"creator":"U2","members":["U1","U2","U3"],
          "topic":{"value":"Everything"}},
         {"id":"C2","name":"old","is_archived":true,"members":["U1"],"creator":"U1"}]
        """
    static let day = """
        [{"type":"message","user":"U1","text":"Hello <@U2> &amp; all :tada:","ts":"1600000100.000200",
          "reactions":[{"name":"+1","users":["U2","U3"],"count":2},{"name":"party_parrot","users":["U2"],"count":1}],
          "edited":{"user":"U1","ts":"1600000150.000000"}},
         {"type":"message","subtype":"channel_join","user":"U2","text":"<@U2> has joined","ts":"1600000101.000000"},
         {"type":"message","user":"U2","text":"*reply*","ts":"1600000200.000000","thread_ts":"1600000100.000200"},
         {"type":"message","subtype":"bot_message","username":"Deploy","text":"done","ts":"1600000300.000000"},
         {"type":"message","user":"B1","text":"built","ts":"1600000400.000000",
          "files":[{"id":"F1","name":"log.txt"},{"id":"F2","name":"far.txt","url_private":"https://files.example/far.txt"}]},
         {"type":"message","user":"U2","text":"late","ts":"1600000500.000000","thread_ts":"1500000000.000000"},
         {"type":"message","user":"U2","text":"","ts":"1600000600.000000"}]
        """

    static func maker(_ changes: [String: String] = [:]) -> ZipMaker {
        let files = [
            ("users.json", users), ("channels.json", channels),
            ("dms.json", #"[{"id":"D1","created":1600000000,"members":["U1","U3"]}]"#),
            ("general/2020-09-13.json", day),
            (
                "D1/2020-09-13.json",
                #"[{"type":"message","user":"U1","text":"psst","ts":"1600000100.000000"}]"#
            ),
            ("__uploads/F1/log.txt", "all is well"), ("general/notes.txt", "?"),
        ]
        return ZipMaker(
            files.map { ($0.0, changes[$0.0] ?? $0.1) }
                + changes.filter { change in !files.contains { $0.0 == change.key } }.map {
                    ($0.key, $0.value)
                })
    }

    static func archive(_ target: TestTarget, _ changes: [String: String] = [:]) throws -> SlackArchive {
        try SlackArchive(path: maker(changes).write(to: target.folder, "\(UUID().uuidString).zip"))
    }

    @Test("People, rooms, messages with their times, threads, reactions, edits, mentions and files")
    func everything() async throws {
        try await TestTarget.run { target in
            let report = try await target.bring(Self.archive(target))
            #expect(report.newPeople == 4 && report.matchedPeople == 1)
            #expect(report.conversations == 3)
            #expect(report.messages == 6 && report.replies == 1 && report.reactions == 2 && report.files == 1)
            #expect(
                report.left == [
                    "events such as joining, leaving, renaming": 1, "reactions with emoji of one's own": 1,
                    "files that are not in the archive: linked": 1, "messages without any content": 1,
                    "replies to messages that are not here: they came without that": 1,
                ])
            let anna = try await target.person("anna")
            #expect(anna.name == "Anna" && anna.state == .deactivated)
            let general = try #require(
                try await target.conversations(of: "admin").first { $0.name == "general" })
            #expect(general.kind == .publicRoom && general.topic == "Everything" && general.members == 3)
            #expect(general.unread == 0 && general.mentions == 0 && general.role == .member)
            let messages = try await target.messages(of: general.id, reader: "admin")
            #expect(
                messages.map(\.body) == [
                    "Hello @ben-o-neil & all 🎉", "**reply**", "done",
                    "built\n[far.txt](https://files.example/far.txt)", "late",
                ])
            #expect(
                messages.map(\.sentAt.milliseconds) == [
                    1_600_000_100_000, 1_600_000_200_000, 1_600_000_300_000, 1_600_000_400_000,
                    1_600_000_500_000,
                ])
            #expect(messages[0].editedAt?.milliseconds == 1_600_000_150_000 && messages[0].version == 2)
            #expect(messages[0].reactions.map { "\($0.emoji)\($0.count)" } == ["👍2"])
            #expect(messages[0].replies == 1 && messages[1].quote?.seq == MessageSeq(1))
            let ben = try await target.person("ben-o-neil")
            #expect(messages[0].mentions == [ben.id])
            #expect(messages[2].senderName == "Deploy" && messages[2].isFromBot)
            #expect(messages[3].files.map(\.name) == ["log.txt"] && messages[3].senderName == "builds")
            let old = try #require(try await target.conversations(of: "anna").first { $0.name == "old" })
            #expect(old.isArchived && old.role == .owner)
            let direct = try #require(
                try await target.conversations(of: "admin").first { $0.kind == .direct })
            #expect(try await target.messages(of: direct.id, reader: "anna").map(\.body) == ["psst"])
            // The file is really there.
            let file = try await target.chat.openFile(
                #require(messages[3].files.first).id, thumbnail: false, by: target.admin)
            #expect(try await file.read(at: 0, count: 100) == Array("all is well".utf8))
        }
    }

    @Test("The same archive again adds nothing; a later one adds what is new in it")
    func again() async throws {
        try await TestTarget.run { target in
            let archive = try Self.archive(target)
            _ = try await target.bring(archive)
            let second = try await target.bring(archive)
            #expect(
                second.messages == 0 && second.newPeople == 0 && second.conversations == 0
                    && second.files == 0)
            let later = try Self.archive(
                target,
                [
                    "general/2020-09-14.json":
                        #"[{"type":"message","user":"U1","text":"new","ts":"1600090000.1"}]"#
                ])
            let third = try await target.bring(later)
            #expect(third.messages == 1 && third.knownMessages == 6)
            let general = try #require(
                try await target.conversations(of: "admin").first { $0.name == "general" })
            #expect(general.seq == MessageSeq(6) && general.unread == 0)
        }
    }

    @Test("A look changes nothing and says what would come")
    func check() async throws {
        try await TestTarget.run { target in
            let run = try ImportRun(Self.archive(target), into: target.chat) { _ in }
            let look = try await run.check()
            #expect(look.newPeople == 4 && look.matchedPeople == 1 && look.conversations == 3)
            #expect(look.messages == 7 && look.reactions == 2 && look.files == 1)
            #expect(try await target.conversations(of: "admin") == [])
            #expect(try await target.chat.findPerson(Username("anna")) == nil)
        }
    }

    @Test("Who was brought signs in after a link for a first password, and no earlier")
    func accounts() async throws {
        try await TestTarget.run { target in
            _ = try await target.bring(Self.archive(target))
            let anna = try await target.person("anna")
            let reset = try await target.chat.makeReset(for: anna.id, by: Actor(target.admin, from: .local))
            try await target.chat.resetPassword(
                reset.code, to: Password("correct horse 11"), from: .local)
            let signedIn = try await target.chat.signIn(
                username: Username("anna"), password: Password("correct horse 11"), code: nil, from: .local)
            #expect(signedIn.account.user.id == anna.id)
        }
    }

    @Test(
        "Archives that do harm are refused with a sentence, and leave nothing",
        arguments: [
            ("users.json", #"[{"id":"U1"},{"id":"U1"}]"#, "stands twice in users.json"),
            ("channels.json", #"[{"id":"C1","name":"a"},{"id":"C1","name":"b"}]"#, "stands twice"),
            ("users.json", "{", "users.json is not of the form"),
            (
                "general/2020-09-13.json", #"[{"type":"message","user":"U1","text":"x","ts":"yesterday"}]"#,
                "is no time"
            ),
            (
                "general/2020-09-13.json", #"[{"type":"message","user":"U1","text":"x","ts":"99999999999"}]"#,
                "is no time"
            ),
            (
                "general/2020-09-13.json", #"[{"type":"message","user":"U1","text":"x","ts":"-5"}]"#,
                "is no time"
            ),
            ("general/2020-09-13.json", #"[{"type":"message","user":"U1","text":"x"}]"#, "without a time"),
            ("general/2020-09-13.json", #"{"type":"message"}"#, "is not of the form"),
        ])
    func hostile(file: String, content: String, sentence: String) async throws {
        try await TestTarget.run { target in
            do {
                _ = try await ImportRun(Self.archive(target, [file: content]), into: target.chat) { _ in }
                    .check()
                Issue.record("it was taken")
            } catch let problem as ArchiveProblem {
                #expect(problem.description.contains(sentence))
            }
            #expect(try await target.chat.findPerson(Username("anna")) == nil)
        }
    }
}
