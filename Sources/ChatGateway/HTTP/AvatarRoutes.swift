internal import ChatDomain
internal import ChatService
internal import Hummingbird

/// A person's own picture.
struct AvatarRoutes: Sendable {
    let chat: Chat

    private struct Me: Encodable, Sendable {
        let me: WireMe
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.put("me/avatar") { request, _ in
            await Route.answer { () async throws(ChatError) in
                let user = try await Route.user(of: request, chat)
                let bytes = try await UploadRoutes.small(request, limit: Limits.avatarBytes)
                return APIResponse.json(Me(me: WireMe(try await chat.setAvatar(bytes, by: user))))
            }
        }
        router.delete("me/avatar") { request, _ in
            await Route.answer { () async throws(ChatError) in
                let user = try await Route.user(of: request, chat)
                return APIResponse.json(Me(me: WireMe(try await chat.removeAvatar(by: user))))
            }
        }
    }
}
