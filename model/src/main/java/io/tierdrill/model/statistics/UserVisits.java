package io.tierdrill.model.statistics;

import java.util.HashMap;
import java.util.Map;

/**
 * Visits of users: requests of one user with no pause of half an hour between them, the field's usual definition. Where
 * there are too many users to follow each, a sample of users is followed, chosen by a hash of their key, so that every
 * user has the same chance (Gibbons, Distinct sampling, VLDB 2001). One thread.
 */
final class UserVisits {
    private static final long PAUSE_NANOS = 1_800_000_000_000L;

    private final int mostUsers;
    private final Map<String, Visit> users = new HashMap<>();
    private final Quantity lengths = new Quantity();
    private final Quantity thinkTimes = new Quantity();
    private long visits;
    /** Followed is one user in 2^level. */
    private int level;

    private static final class Visit {
        long last;
        long requests;
    }

    UserVisits(int mostUsers) {
        this.mostUsers = mostUsers;
    }

    void add(String user, long offset) {
        if (level > 0 && !followed(user)) return;
        Visit visit = users.get(user);
        if (visit == null) visit = first(user);
        else if (offset - visit.last < PAUSE_NANOS) thinkTimes.add(Math.max(0, offset - visit.last));
        else end(visit);
        visit.last = offset;
        visit.requests++;
    }

    /** Visits under way count as they stand. Adding goes on as if nobody had asked. */
    TraceStatistics.Visits freeze() {
        Quantity all = lengths.copy();
        users.values().forEach(visit -> all.add(visit.requests));
        TraceStatistics.Sizes requests = all.sizes();
        return new TraceStatistics.Visits(
                (long) users.size() << level,
                level == 0,
                visits + users.size(),
                requests.meanBytes(),
                requests.p50Bytes(),
                requests.p90Bytes(),
                requests.maxBytes(),
                thinkTimes.latency());
    }

    private Visit first(String user) {
        if (users.size() >= mostUsers) {
            level++;
            users.keySet().removeIf(key -> !followed(key));
        }
        Visit visit = new Visit();
        if (followed(user)) users.put(user, visit);
        return visit;
    }

    private void end(Visit visit) {
        visits++;
        lengths.add(visit.requests);
        visit.requests = 0;
    }

    /** One in {@code 2^level} keys. */
    private boolean followed(String user) {
        return (user.hashCode() * 0x9E3779B9 & 0x7fffffff) >>> (31 - level) == 0;
    }
}
