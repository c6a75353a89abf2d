package io.tierdrill.model.websocket;

/** Close codes that stand for something that was not sent (RFC 6455, 7.4.1); all others are as they came. */
public final class CloseCode {
    /** A close frame without a code. */
    public static final int NONE = 1005;

    /** No close frame: the connection ended without one. */
    public static final int ABNORMAL = 1006;

    private CloseCode() {}
}
