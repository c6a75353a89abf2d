package io.tierdrill.recorder.packets.stream;

/** How a connection ended, as far as the capture tells. */
public enum Ending {
    /** Both sides finished. */
    CLOSED,
    RESET,
    /** Nothing came for a long time. */
    IDLE,
    /** The same ports opened another connection. */
    REPLACED,
    /** Given up for lack of memory. */
    DROPPED,
    /** The capture ended first. */
    CAPTURE_ENDED
}
