internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Browsers that are told of messages while their page is closed.
struct PushRoutes: Sendable {
    let chat: Chat

    private struct Subscription: Codable, Sendable {
        struct Keys: Codable, Sendable {
            let p256dh: String
            let auth: String
        }

        let endpoint: String
        let keys: Keys
    }

    private struct Endpoint: Codable, Sendable {
        let endpoint: String
    }

    private struct Devices: Encodable, Sendable {
        struct Device: Encodable, Sendable {
            struct Last: Encodable, Sendable {
                let at: Int64
                let status: Int
            }

            let endpoint: String
            let created: Int64
            let last: Last?
        }

        let devices: [Device]
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("push") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let devices = try await chat.listPushDevices(of: caller.user)
                return APIResponse.json(
                    Devices(
                        devices: devices.map { device in
                            .init(
                                endpoint: device.host, created: device.createdAt.milliseconds,
                                last: device.last.map { .init(at: $0.at.milliseconds, status: $0.status) })
                        }))
            }
        }
        router.post("push") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(Subscription.self, of: request)
                let target = try Parsing.value { () throws(InvalidValue) in
                    try PushTarget(
                        endpoint: WebURL(input.endpoint),
                        publicKey: Base64URL.bytes(of: input.keys.p256dh) ?? [],
                        secret: Base64URL.bytes(of: input.keys.auth) ?? [])
                }
                try await chat.addPushDevice(target, of: caller.user, session: caller.session)
                return Response(status: .created)
            }
        }
        router.delete("push") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(Endpoint.self, of: request)
                try await chat.removePushDevice(input.endpoint, of: caller.user)
                return Response(status: .noContent)
            }
        }
        router.post("push/test") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.testPush(of: caller.user)
                return Response(status: .noContent)
            }
        }
    }
}
