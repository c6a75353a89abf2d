package io.tierdrill.load.wire;

import io.tierdrill.load.prepare.Reuse;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Requests that share connections, and those connections; kept while there are any. */
final class Lane {
    final long key;
    /** Connections open at once at most. */
    final int most;
    /** Those that may still take requests, and those being opened. */
    int open;
    /** Due, and no connection has room. First come, first served. */
    final Queue<Exchange> waiting = new ArrayDeque<>(0);
    /** What the recording says of its connection after the latest request that came to it. */
    Reuse after = Reuse.UNKNOWN;
    /** Open connections with room; the one used last first, as browsers do. Null when there is none. */
    private Connection withRoom;

    Lane(long key, int most) {
        this.key = key;
        this.most = most;
    }

    void add(Connection c) {
        c.listed = true;
        c.nextWithRoom = withRoom;
        withRoom = c;
    }

    void remove(Connection c) {
        c.listed = false;
        if (withRoom == c) {
            withRoom = c.nextWithRoom;
        } else {
            Connection before = withRoom;
            while (before.nextWithRoom != c) before = before.nextWithRoom;
            before.nextWithRoom = c.nextWithRoom;
        }
        c.nextWithRoom = null;
    }

    boolean mayOpen() {
        return open < most;
    }

    /** The connection for the next request: an idle one, or else the least loaded once no more may be opened. */
    Optional<Connection> next() {
        if (withRoom == null) return Optional.empty();
        if (withRoom.carried() == 0) return Optional.of(withRoom);
        Connection least = withRoom;
        for (Connection c = withRoom; c != null; c = c.nextWithRoom) if (c.carried() < least.carried()) least = c;
        return least.carried() > 0 && mayOpen() ? Optional.empty() : Optional.of(least);
    }

    boolean isGone() {
        return open == 0 && waiting.isEmpty();
    }
}
