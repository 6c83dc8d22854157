internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization
internal import Testing

/// The adapter of a lone server passes everything on, in order and unchanged.
struct InMemoryAdapterTests {
    private final class Recorder: LocalDelivery {
        let calls = Mutex<[String]>([])
        let details = SocketDetails(id: SocketID("a"), handshake: HandshakeDetails(), rooms: ["red"])

        private func record(_ call: String) { calls.withLock { $0.append(call) } }

        func deliver(_ event: EventPacket, options: BroadcastOptions) {
            let arguments = event.arguments
            record(
                "deliver \(event.name) \(arguments.json) \(arguments.attachments) to \(options.rooms) "
                    + "not \(options.except)")
        }
        func deliver(
            _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector
        ) {
            record("ask \(event.name) \(options.rooms) \(timeout)")
            answers.asked(.sockets([]), by: .alone)
        }
        func joinLocally(_ rooms: [Room], options: BroadcastOptions) {
            record("join \(rooms) by \(options.rooms)")
        }
        func leaveLocally(_ rooms: [Room], options: BroadcastOptions) {
            record("leave \(rooms) by \(options.rooms)")
        }
        func disconnectLocally(options: BroadcastOptions, close: Bool) {
            record("disconnect \(options.rooms) close \(close)")
        }
        func fetchLocally(options: BroadcastOptions) async -> [SocketDetails] {
            record("fetch \(options.rooms)")
            return [details]
        }
        func localRooms() async -> Set<Room> { ["red"] }
        func receivedServerEvent(_ event: EventPacket, from node: NodeID?) { record("server event") }
        func answerServerEvent(_ event: EventPacket, from node: NodeID?) async -> EncodedArguments? {
            record("server request")
            return nil
        }
        func nodeJoined(_ node: NodeID) { record("joined \(node)") }
        func nodeLeft(_ node: NodeID) { record("left \(node)") }
    }

    @Test func passesOn() async {
        let recorder = Recorder()
        let adapter = InMemoryAdapter.Factory().makeAdapter(namespace: "/", local: recorder)
        let options = BroadcastOptions(rooms: ["red"], except: ["blue"])
        let arguments = EncodedArguments(json: [1], attachments: [[2], [3]])
        adapter.broadcast(EventPacket("e", arguments), options: options)
        adapter.join(["green"], options: options)
        adapter.leave(["green"], options: options)
        adapter.disconnect(options: options, close: true)
        adapter.disconnect(options: options, close: false)
        #expect(
            await adapter.fetchSockets(options: options, timeout: .seconds(1))
                == ClusterAnswer([recorder.details]))
        #expect(await adapter.rooms(timeout: .seconds(1)) == ClusterAnswer(["red"]))
        #expect(
            recorder.calls.withLock { $0 } == [
                "deliver e [1] [[2], [3]] to [red] not [blue]", "join [green] by [red]",
                "leave [green] by [red]", "disconnect [red] close true", "disconnect [red] close false",
                "fetch [red]",
            ])
    }

    @Test func asksThisServerOnly() {
        let recorder = Recorder()
        let adapter = InMemoryAdapter(local: recorder)
        let reports = Mutex<[AnswerReport]>([])
        let answers = AnswerCollector { report in reports.withLock { $0.append(report) } }
        adapter.broadcast(
            EventPacket("q"), options: BroadcastOptions(rooms: ["red"]), timeout: .seconds(2),
            answers: answers)
        #expect(recorder.calls.withLock { $0 } == ["ask q [red] 2.0 seconds"])
        #expect(reports.withLock { $0 } == [.asked(.sockets([])), .ended(.init())])
    }

    @Test func hasNoOtherServers() async {
        let recorder = Recorder()
        let adapter = InMemoryAdapter(local: recorder)
        adapter.serverSideEmit(EventPacket("e"))
        let answer = await adapter.serverSideCall(EventPacket("e"), timeout: .seconds(1))
        #expect(answer == ClusterAnswer([]))
        #expect(answer.isComplete)
        #expect(await adapter.serverCount() == 1)
        adapter.close()
        #expect(recorder.calls.withLock { $0 } == [])
    }
}
