package io.tierdrill.load.prepare;

import io.tierdrill.load.prepare.Layout.Mode;
import io.tierdrill.model.trace.RequestRecord;

/**
 * Which lane a request goes on. Requests of one lane share connections, and no others do; a lane is a number so that
 * nothing needs to be remembered of it. Stateless and safe from any thread.
 *
 * <p>The number is a 64-bit hash (FNV-1a with a finalizer): of a million keys in use at once, two share a lane with a
 * chance of one in 36 million, and then share connections, which does no harm.
 */
public final class Lanes {
    /** The lane that all share in a pool. */
    static final long ALL = 0;

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Mode mode;
    private final boolean byHost;

    public Lanes(Layout layout) {
        this(layout, false);
    }

    /** @param byHost whether requests to different hosts share none, but in a pool: each host has its own certificate */
    public Lanes(Layout layout, boolean byHost) {
        this.mode = layout.mode();
        this.byHost = byHost && mode != Mode.POOL;
    }

    /** The lane of a request. */
    public long of(RequestRecord request) {
        long lane = ofAnyHost(request);
        return byHost ? scramble(hash(lane, request.authority())) : lane;
    }

    private long ofAnyHost(RequestRecord request) {
        return switch (mode) {
            case POOL -> ALL;
            case USER -> request.user().isEmpty() ? byClient(request) : scramble(hash(BASIS ^ 'u', request.user()));
            case CLIENT, RECORDED -> byClient(request);
        };
    }

    /** A number for whoever sent it: its user, or its client where it names none. */
    static long userOf(RequestRecord request) {
        return request.user().isEmpty()
                ? scramble(hash(BASIS, request.client()))
                : scramble(hash(BASIS ^ 'u', request.user()));
    }

    private static long byClient(RequestRecord request) {
        long client = hash(BASIS, request.client());
        return scramble(request.connection().isEmpty() ? client : hash(client * PRIME, request.connection()));
    }

    private static long hash(long from, String text) {
        long hash = from;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * PRIME;
        return hash;
    }

    /** The lower bits choose a loop and a place in a table, so every bit must reach them. */
    private static long scramble(long hash) {
        long mixed = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}
