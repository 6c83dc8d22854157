internal import ChatDomain
internal import ChatService

// The values of Slack's exports, as far as they are taken. Unknown fields are of no interest.

struct SlackUser: Decodable {
    struct Profile: Decodable {
        let real_name: String?
        let display_name: String?
    }

    let id: String
    let team_id: String?
    let name: String?
    let real_name: String?
    let is_bot: Bool?
    let profile: Profile?

    var person: ImportedPerson {
        let names = [profile?.display_name, profile?.real_name, real_name, name]
        return ImportedPerson(
            ref: id, username: name ?? id, name: names.compactMap { $0 }.first { !$0.isEmpty } ?? id,
            isBot: is_bot ?? false)
    }
}

struct SlackChannel: Decodable {
    enum Kind {
        case open
        case closed
        case people
    }

    struct Text: Decodable {
        let value: String?
    }

    let id: String
    let name: String?
    let created: Int64?
    let creator: String?
    let is_archived: Bool?
    let members: [String]?
    let topic: Text?
    let purpose: Text?

    /// The folder of its days.
    var folder: String { name ?? id }

    func conversation(_ kind: Kind, in file: String) throws -> ImportedConversation {
        let about = [topic?.value, purpose?.value].compactMap { $0 }.first { !$0.isEmpty } ?? ""
        let made = try created.map { seconds in
            try ArchiveTime.milliseconds(min(max(seconds, 0), 1 << 40) * 1_000, in: file)
        }
        return ImportedConversation(
            ref: id,
            kind: kind == .people
                ? .direct
                : .room(
                    name: name ?? id, topic: about, isPublic: kind == .open, isArchived: is_archived ?? false),
            members: members ?? [], owner: kind == .people ? nil : creator,
            createdAt: made ?? Timestamp(milliseconds: 946_684_800_000))
    }
}

struct SlackMessage: Decodable {
    struct Edited: Decodable {
        let ts: String?
    }

    struct Reaction: Decodable {
        let name: String
        let users: [String]
    }

    struct File: Decodable {
        let id: String?
        let name: String?
        let title: String?
        let mode: String?
        let url_private: String?
        let permalink: String?
    }

    struct Attachment: Decodable {
        let pretext: String?
        let title: String?
        let text: String?
        let fallback: String?
    }

    struct Author: Decodable {
        let real_name: String?
    }

    let type: String?
    let subtype: String?
    let user: String?
    let bot_id: String?
    let username: String?
    let user_profile: Author?
    let text: String?
    let ts: String?
    let thread_ts: String?
    let edited: Edited?
    let reactions: [Reaction]?
    let files: [File]?
    let attachments: [Attachment]?

    /// Whether somebody wrote it; what the server says of itself is not taken.
    var isWritten: Bool {
        switch subtype {
        case nil, "bot_message", "me_message", "thread_broadcast", "file_share", "file_comment": true
        default: false
        }
    }
}
