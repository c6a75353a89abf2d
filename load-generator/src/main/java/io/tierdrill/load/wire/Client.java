package io.tierdrill.load.wire;

/** Someone with connections of their own; kept while any is open. */
final class Client {
    final String key;
    int open;
    /** The idle connection used last is used first, as browsers do; null when none is idle. */
    private Connection idle;

    Client(String key) {
        this.key = key;
    }

    void rest(Connection c) {
        c.nextIdle = idle;
        idle = c;
    }

    /** An idle connection, no longer idle; null when there is none. */
    Connection take() {
        Connection c = idle;
        if (c != null) forget(c);
        return c;
    }

    void forget(Connection c) {
        if (idle == c) {
            idle = c.nextIdle;
        } else {
            Connection before = idle;
            while (before.nextIdle != c) before = before.nextIdle;
            before.nextIdle = c.nextIdle;
        }
        c.nextIdle = null;
    }
}
