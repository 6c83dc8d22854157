internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// What administrators do about rooms, and their end.
struct RoomRoutes: Sendable {
    let chat: Chat

    private struct List: Encodable, Sendable {
        struct Room: Encodable, Sendable {
            let c: String
            let name: String
            let kind: String
            let members: Int
            let messages: Int64
            let created: Int64
            let archived: Bool?
            let owner: WireUser?

            init(_ room: AdminRoom) {
                c = room.id.description
                name = room.name
                kind = room.kind.rawValue
                members = room.members
                messages = room.messages
                created = room.createdAt.milliseconds
                archived = room.isArchived ? true : nil
                owner = room.owner.map { WireUser($0) }
            }
        }

        let rooms: [Room]
        let next: String?
    }

    private struct Deletion: Codable, Sendable {
        let name: String
    }

    private struct Archive: Codable, Sendable {
        let on: Bool
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("admin/rooms") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let text = try Parsing.value { () throws(InvalidValue) in
                    try SearchText(Route.text("q", of: request) ?? "")
                }
                var after: ConversationID?
                if let id = Route.text("after", of: request) { after = try Parsing.conversation(id) }
                let limit = try Route.number("limit", of: request) ?? Limits.searchResults
                let rooms = try await chat.listRooms(
                    text, after: after, limit: limit, forAdministrator: caller.user)
                let isFull = rooms.count >= min(max(limit, 1), Limits.searchResultsMaximum)
                return APIResponse.json(
                    List(
                        rooms: rooms.map { List.Room($0) },
                        next: isFull ? rooms.last?.id.description : nil))
            }
        }
        router.post("admin/rooms/{c}/archive") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(Archive.self, of: request)
                try await chat.archiveRoom(
                    Parsing.conversation(context.parameters.get("c") ?? ""), input.on,
                    forAdministrator: caller.user, from: caller.source)
                return Response(status: .noContent)
            }
        }
        router.delete("conversations/{c}") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(Deletion.self, of: request)
                try await chat.deleteRoom(
                    Route.conversation(in: context), named: input.name, by: caller.actor)
                return Response(status: .noContent)
            }
        }
    }
}
