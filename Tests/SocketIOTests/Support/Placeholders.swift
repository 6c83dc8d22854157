extension WebSocketClient.Message {
    /// The message with the keys of each first placeholder in one order: the encoder may write them in either.
    var normal: Self {
        guard case .text(let text) = self else { return self }
        return .text(
            text.replacing(#"{"num":0,"_placeholder":true}"#, with: #"{"_placeholder":true,"num":0}"#))
    }
}
