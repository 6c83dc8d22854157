internal import Synchronization

/// Between a socket that events arrive at and the code that awaits them: bounded, the writer waits for the reader.
final class StreamBuffer<Element>: @unchecked Sendable {
    /// An element is handed from the writer to the reader; nobody else sees it.
    private struct Handed: @unchecked Sendable {
        let element: Element
    }

    private struct State {
        var elements: [Handed] = []
        var reader: CheckedContinuation<Void, Never>?
        var writer: CheckedContinuation<Void, Never>?
        var hasEnded = false
        var hasTimedOut = false
        var release: (@Sendable () -> Void)?
    }

    private enum Write { case added(CheckedContinuation<Void, Never>?), wait, ended }
    private enum Read { case element(Handed, CheckedContinuation<Void, Never>?), wait, ended }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    deinit { end() }

    /// Called once, when nobody reads any more.
    func onRelease(_ release: @escaping @Sendable () -> Void) {
        let hasEnded = state.withLock { state in
            if !state.hasEnded { state.release = release }
            return state.hasEnded
        }
        if hasEnded { release() }
    }

    var hasTimedOut: Bool { state.withLock { $0.hasTimedOut } }

    /// Nothing more comes; what is there can still be read.
    func end(isTimeout: Bool = false) {
        let (reader, writer, release) = state.withLock { state in
            defer {
                if !state.hasEnded { state.hasTimedOut = isTimeout }
                state.hasEnded = true
                state.reader = nil
                state.writer = nil
                state.release = nil
            }
            return (state.reader, state.writer, state.release)
        }
        reader?.resume()
        writer?.resume()
        release?()
    }

    /// Adds an element when there is room; drops it when nobody reads any more. For one writer at a time.
    func push(_ element: Element) async {
        let element = Handed(element: element)
        while true {
            let step = state.withLock { state -> Write in
                guard !state.hasEnded else { return .ended }
                guard state.elements.count < limit else { return .wait }
                state.elements.append(element)
                defer { state.reader = nil }
                return .added(state.reader)
            }
            switch step {
            case .added(let reader):
                reader?.resume()
                return
            case .ended: return
            case .wait:
                await withCheckedContinuation { continuation in
                    let mayGoOn = state.withLock { state in
                        guard !state.hasEnded, state.elements.count >= limit else { return true }
                        state.writer = continuation
                        return false
                    }
                    if mayGoOn { continuation.resume() }
                }
            }
        }
    }

    /// The next element; nil at the end. For one reader at a time.
    func next() async -> Element? {
        await withTaskCancellationHandler {
            while true {
                let step = state.withLock { state -> Read in
                    guard !state.elements.isEmpty else { return state.hasEnded ? .ended : .wait }
                    defer { state.writer = nil }
                    return .element(state.elements.removeFirst(), state.writer)
                }
                switch step {
                case .element(let element, let writer):
                    writer?.resume()
                    return element.element
                case .ended: return nil
                case .wait:
                    await withCheckedContinuation { continuation in
                        let mayGoOn = state.withLock { state in
                            guard !state.hasEnded, state.elements.isEmpty else { return true }
                            state.reader = continuation
                            return false
                        }
                        if mayGoOn { continuation.resume() }
                    }
                }
            }
        } onCancel: {
            end()
        }
    }
}
