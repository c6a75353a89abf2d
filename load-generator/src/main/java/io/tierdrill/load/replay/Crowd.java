package io.tierdrill.load.replay;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import java.util.Set;

/**
 * Chance of a replay: which copies of a user there are, and how far behind it each one acts. Everything depends on the
 * seed and the user's name alone, so nothing has to be remembered and any part of a trace can be replayed by itself. Of
 * heavy users it is not they who are there or not, but each request of theirs. Immutable.
 */
final class Crowd {
    private final Seeds seeds;
    private final Set<String> heavy;

    Crowd(Seeds seeds, Set<String> heavy) {
        this.seeds = seeds;
        this.heavy = Set.copyOf(heavy);
    }

    /** Whose request it is: the user's, and where the source tells none, the client's. */
    static String name(RequestRecord r) {
        return r.user().isEmpty() ? r.client() : r.user();
    }

    /** What chance says of the one who sent this request; for {@link #acts} and {@link #share}. */
    Draw draw(RequestRecord r) {
        String name = name(r);
        long user = seeds.keyed(name);
        return new Draw(user, heavy.contains(name) ? seeds.keyed(name + " " + r.offsetNanos()) : user);
    }

    /**
     * All chance that belongs to a request.
     *
     * @param user decides when copies act
     * @param place decides whether they do
     */
    record Draw(long user, long place) {
        /** Whether this copy is among so many. */
        boolean acts(int copy, double count) {
            return copy + 1 <= count || copy < count && copy + Seeds.share(place, 2L * copy) < count;
        }

        /** Whether a copy sends all that its user sent, or nothing. */
        boolean isWhole() {
            return user == place;
        }

        /** Where within the spread this copy acts; the one recorded acts when it did. */
        double share(int copy) {
            return copy == 0 ? 0 : Seeds.share(user, 2L * copy + 1);
        }

        /** How many copies there are. */
        int copies(double count) {
            int whole = (int) Math.floor(count);
            return acts(whole, count) ? whole + 1 : whole;
        }
    }
}
