// The lines of Mattermost's bulk exports, as far as they are taken.

struct MattermostLine: Decodable {
    let type: String
    let version: Int?
    let channel: MattermostChannel?
    let user: MattermostUser?
    let post: MattermostPost?
    let direct_channel: MattermostDirect?
    let direct_post: MattermostPost?
    let bot: MattermostBot?
}

struct MattermostBot: Decodable {
    let username: String
    let display_name: String?
}

struct MattermostChannel: Decodable {
    let team: String
    let name: String
    let display_name: String?
    let type: String?
    let header: String?
    let purpose: String?
    let deleted_at: Int64?

    var ref: String { "\(team)/\(name)" }
}

struct MattermostUser: Decodable {
    struct Team: Decodable {
        struct Channel: Decodable {
            let name: String
            let roles: String?
        }

        let name: String
        let channels: [Channel]?
    }

    let username: String
    let nickname: String?
    let first_name: String?
    let last_name: String?
    let teams: [Team]?

    var name: String {
        let full = [first_name, last_name].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        return [nickname, full].compactMap { $0 }.first { !$0.isEmpty } ?? username
    }
}

struct MattermostDirect: Decodable {
    let members: [String]?
    let participants: [Participant]?

    struct Participant: Decodable {
        let username: String
    }

    var people: [String] { members ?? participants?.map(\.username) ?? [] }
}

struct MattermostPost: Decodable {
    struct Reaction: Decodable {
        let user: String
        let emoji_name: String
    }

    struct Attachment: Decodable {
        let path: String?
    }

    struct Props: Decodable {
        let override_username: String?
    }

    let team: String?
    let channel: String?
    let channel_members: [String]?
    let user: String
    let type: String?
    let message: String?
    let create_at: Int64
    let edit_at: Int64?
    let props: Props?
    let reactions: [Reaction]?
    let attachments: [Attachment]?
    let replies: [MattermostPost]?
}
