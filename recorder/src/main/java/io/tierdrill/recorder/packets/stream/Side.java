package io.tierdrill.recorder.packets.stream;

/** Who sent the bytes. */
public enum Side {
    /** Who opened the connection or, where that was not captured, who was first seen to send. */
    INITIATOR,
    RESPONDER;

    public Side other() {
        return this == INITIATOR ? RESPONDER : INITIATOR;
    }
}
