internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore

/// Hears of one session for a ``RecordingApplication``.
final class RecordingHandler: EngineSessionHandler {
    private let application: RecordingApplication
    private weak var session: EngineSession?
    private var isClosed = false

    init(application: RecordingApplication, session: EngineSession) {
        self.application = application
        self.session = session
    }

    func received(text: ByteBuffer) {
        let bytes = Array(text.readableBytesView)
        record("text \(String(decoding: bytes, as: UTF8.self))")
        if let session { application.onMessage(session, .text([0x34] + bytes)) }
    }

    func received(binary: ByteBuffer) {
        let bytes = Array(binary.readableBytesView)
        record("binary \(bytes)")
        if let session { application.onMessage(session, .binary(bytes)) }
    }

    func closed(_ reason: CloseReason) {
        record("closed \(reason.description)")
        isClosed = true
    }

    private func record(_ event: String) {
        application.record(isClosed ? "\(event) after the end" : event)
    }
}
