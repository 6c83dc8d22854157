internal import SocketIOProtocol

/// A Socket.IO packet with JSON: every range of the view lies in the packet, and its parts make the packet again.
enum FuzzSocketPacket {
    static func test(_ bytes: [UInt8]) {
        let decoder = PacketDecoder()
        do throws(SocketIOViolation) {
            let view = try decoder.decode(bytes.span)
            let whole = 0...bytes.count
            for range in [
                view.namespace, view.payload, view.arguments, view.event?.arguments, view.event?.nameToken,
            ] {
                guard let range else { continue }
                precondition(
                    whole.contains(range.lowerBound) && whole.contains(range.upperBound), "a range outside")
            }
            let arguments = view.event?.arguments ?? view.arguments
            var elements = JSONElements(arguments)
            var number = 0
            while let element = elements.next(in: bytes.span) {
                precondition(
                    element.lowerBound >= arguments.lowerBound && element.upperBound <= arguments.upperBound)
                precondition(
                    JSONText.validate(bytes.span.extracting(element), maxDepth: 64), "an argument is no JSON")
                number += 1
            }
            precondition(
                number == (view.event?.argumentCount ?? view.argumentCount), "arguments counted wrong")
            var collector = AttachmentCollector()
            collector.begin(count: view.attachmentCount)
        } catch {
            _ = error.reason
        }
    }
}
