package io.tierdrill.load.replay;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;

/**
 * Chance of a replay: which copies of a user there are, and how far behind it each one acts. Everything depends on the
 * seed and the user's name alone, so nothing has to be remembered and any part of a trace can be replayed by itself.
 * Immutable.
 */
final class Crowd {
    private final Seeds seeds;

    Crowd(Seeds seeds) {
        this.seeds = seeds;
    }

    /** All that chance says of the user whose request this is; for {@link #acts} and {@link #share}. */
    long user(RequestRecord r) {
        return seeds.keyed(r.user().isEmpty() ? r.client() : r.user());
    }

    /** Whether this copy of the user is among so many. */
    static boolean acts(long user, int copy, double count) {
        return copy + 1 <= count || copy < count && copy + Seeds.share(user, 2L * copy) < count;
    }

    /** Where within the spread this copy acts; the one recorded acts when it did. */
    static double share(long user, int copy) {
        return copy == 0 ? 0 : Seeds.share(user, 2L * copy + 1);
    }

    /** How many of the user's copies there are. */
    static int copies(long user, double count) {
        int whole = (int) Math.floor(count);
        return acts(user, whole, count) ? whole + 1 : whole;
    }
}
