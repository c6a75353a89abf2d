package io.tierdrill.load.replay;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import java.util.random.RandomGenerator;

/**
 * More users like those recorded. Each client of a trace gets copies with identities of their own (client, user and
 * connection), which do everything it does, a fixed moment later that differs from copy to copy. Think times, the
 * order within a user, popularity and bursts longer than the moment stay as they were; without the moment every
 * request would become a batch.
 *
 * <p>Which clients get the copy of a broken scale, and the moments, depend on the seed and the client's name alone, so
 * nothing has to be remembered. Not thread-safe.
 */
final class Clones {
    /** Copies follow within this much of the trace's own time. */
    static final long SPREAD_NANOS = 1_000_000_000L;

    private final int whole;
    private final double fraction;
    private final Seeds seeds;

    /** @param scale users for each one recorded, 1 or more */
    Clones(double scale, Seeds seeds) {
        this.whole = (int) Math.floor(scale);
        this.fraction = scale - whole;
        this.seeds = seeds;
    }

    /** How many users the client stands for, itself included. */
    int of(String client) {
        return fraction > 0 && draw(client, "broken") < fraction ? whole + 1 : whole;
    }

    /** How much later than the client its copy number {@code copy} acts, in the trace's own time. */
    long delayNanos(String client, int copy) {
        return (long) (draw(client, "delay " + copy) * SPREAD_NANOS);
    }

    /** The same request by copy number {@code copy}, counted from 1. */
    RequestRecord copy(RequestRecord r, int copy, long dueNanos) {
        String mark = "~" + copy;
        return new RequestRecord(
                dueNanos,
                r.client() + mark,
                marked(r.connection(), mark),
                marked(r.user(), mark),
                r.scheme(),
                r.method(),
                r.authority(),
                r.path(),
                r.headers(),
                r.body(),
                r.response());
    }

    private static String marked(String identity, String mark) {
        return identity.isEmpty() ? identity : identity + mark;
    }

    private double draw(String client, String what) {
        RandomGenerator stream = seeds.stream(what + " " + client);
        return stream.nextDouble();
    }
}
