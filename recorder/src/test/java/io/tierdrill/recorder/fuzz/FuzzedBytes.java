package io.tierdrill.recorder.fuzz;

import java.util.Arrays;

/** Takes an input apart into choices; behind its end every choice is 0. One thread. */
final class FuzzedBytes {
    private final byte[] input;
    private int at;

    FuzzedBytes(byte[] input) {
        this.input = input;
    }

    boolean ended() {
        return at >= input.length;
    }

    int u8() {
        return ended() ? 0 : input[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    int i32() {
        return u16() << 16 | u16();
    }

    boolean flag() {
        return (u8() & 1) == 1;
    }

    /** At most so many, fewer at the end. */
    byte[] bytes(int most) {
        int to = Math.min(input.length, at + most);
        byte[] part = Arrays.copyOfRange(input, Math.min(at, to), to);
        at = to;
        return part;
    }

    byte[] rest() {
        return bytes(input.length);
    }
}
