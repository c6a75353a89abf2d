package io.tierdrill.recorder.diff;

import java.util.OptionalLong;

/**
 * The order of one user's requests in two numbers: how many, and a digest that each request changes in a way that depends
 * on all before it (FNV-1a over 64 bit; two orders of a trace agree by chance once in 2^64). One thread.
 */
final class UserOrder {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long digest = OFFSET;
    private long requests;
    private long last;

    /** Nanoseconds since the request before; empty for the first. */
    OptionalLong gapTo(long offsetNanos) {
        return requests == 0 ? OptionalLong.empty() : OptionalLong.of(offsetNanos - last);
    }

    void add(byte[] step, long offsetNanos) {
        for (byte b : step) digest = (digest ^ (b & 0xff)) * PRIME;
        digest = (digest ^ 0x100) * PRIME;
        last = offsetNanos;
        requests++;
    }

    long digest() {
        return digest;
    }

    long requests() {
        return requests;
    }

    boolean sameAs(UserOrder other) {
        return requests == other.requests && digest == other.digest;
    }
}
