internal import SocketIOCore
internal import Synchronization
internal import Testing

/// The adapter of a lone server passes everything on, in order and unchanged.
struct InMemoryAdapterTests {
    private final class Recorder: LocalDelivery {
        let calls = Mutex<[String]>([])

        private func record(_ call: String) { calls.withLock { $0.append(call) } }

        func deliver(_ packet: EncodedPacket, options: BroadcastOptions) {
            record("deliver \(packet.text) \(packet.attachments) to \(options.rooms) not \(options.except)")
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
    }

    @Test func passesOn() {
        let recorder = Recorder()
        let adapter = InMemoryAdapter(local: recorder)
        let options = BroadcastOptions(rooms: ["red"], except: ["blue"])
        adapter.broadcast(EncodedPacket(text: [1], attachments: [[2], [3]]), options: options)
        adapter.join(["green"], options: options)
        adapter.leave(["green"], options: options)
        adapter.disconnect(options: options, close: true)
        adapter.disconnect(options: options, close: false)
        #expect(
            recorder.calls.withLock { $0 } == [
                "deliver [1] [[2], [3]] to [red] not [blue]", "join [green] by [red]",
                "leave [green] by [red]", "disconnect [red] close true", "disconnect [red] close false",
            ])
    }
}
