internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol

/// What the admin UI is told in development mode: every socket, room and event of every namespace.
extension AdminNamespace {
    /// Watches a namespace from now on.
    func watch(_ core: NamespaceCore) {
        let name = core.name
        core.register { handlers in
            handlers.connect.insert(
                { socket in
                    self.tell("socket_connected") {
                        try EncodedArguments(self.describe(socket), self.date)
                    }
                }, at: 0)
            handlers.disconnect.insert(
                { socket, reason in
                    self.tell("socket_disconnected") {
                        try EncodedArguments(name, socket.id.description, reason.description, self.date)
                    }
                }, at: 0)
            handlers.upgraded.append { socket in
                self.tell("socket_updated") {
                    try EncodedArguments(
                        AdminMessages.Update(
                            id: socket.id.description, nsp: name,
                            transport: socket.session.transport.rawValue))
                }
            }
        }
        core.watchRooms { handlers in
            handlers.joined.append { room, id in
                self.tell("room_joined") {
                    try EncodedArguments(name, room.description, id.description, self.date)
                }
            }
            handlers.left.append { room, id in
                self.tell("room_left") {
                    try EncodedArguments(name, room.description, id.description, self.date)
                }
            }
        }
        // The UI's own events would make events for the UI.
        guard core !== namespace.core else { return }
        core.register { handlers in
            handlers.anyEvent.add(
                .plain { socket, event in
                    self.tell("event_received") {
                        self.event(event.name, event.arguments.encoded, name, socket.id)
                    }
                    return nil
                }, .prepended)
            handlers.outgoing.add(
                { socket, event in
                    self.tell("event_sent") { self.event(event.name, event.arguments, name, socket.id) }
                }, .prepended)
        }
    }

    /// `nsp, id, [name, ...arguments], date`; the arguments are passed on as they are, attachments too.
    private func event(
        _ event: String, _ arguments: EncodedArguments, _ name: String, _ socket: SocketID
    ) -> EncodedArguments {
        var json: [UInt8] = []
        JSONText.string(name, into: &json)
        json.append(UInt8(ascii: ","))
        JSONText.string(socket.description, into: &json)
        json += Array(",[".utf8)
        JSONText.string(event, into: &json)
        if !arguments.json.isEmpty { json.append(UInt8(ascii: ",")) }
        json += arguments.json
        json += Array("],".utf8)
        JSONText.string(date, into: &json)
        return EncodedArguments(json: json, attachments: arguments.attachments)
    }
}
