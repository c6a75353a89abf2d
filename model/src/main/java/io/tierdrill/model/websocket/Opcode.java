package io.tierdrill.model.websocket;

/** What a message is (RFC 6455, 5.2). Frames that continue a message belong to it and are none of their own. */
public enum Opcode {
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private static final Opcode[] BY_NUMBER = new Opcode[16];

    static {
        for (Opcode opcode : values()) BY_NUMBER[opcode.number] = opcode;
    }

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    /** On the wire. */
    public int number() {
        return number;
    }

    /** About the connection rather than for the application; such frames may stand between those of a message. */
    public boolean isControl() {
        return number >= 8;
    }

    /** @throws IllegalArgumentException where the standard gives the number no meaning, or that of a continuation */
    public static Opcode of(int number) {
        if (!isKnown(number)) throw new IllegalArgumentException("no message has the opcode " + number);
        return BY_NUMBER[number];
    }

    static boolean isKnown(int number) {
        return number >= 0 && number < BY_NUMBER.length && BY_NUMBER[number] != null;
    }
}
