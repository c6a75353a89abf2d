package io.tierdrill.load.prepare;

/** Whether the recording uses the connection of a request again after it. */
public enum Reuse {
    /** Nobody knows: the trace does not tell connections apart, or part of what was recorded is not sent. */
    UNKNOWN,
    /** Another request comes on it. */
    AGAIN,
    /** It was the last, as far as anybody looked ahead. */
    NEVER;

    /** The same where some requests of a connection may be left out: the last that was recorded is still the last. */
    public Reuse ofSome() {
        return this == AGAIN ? UNKNOWN : this;
    }
}
