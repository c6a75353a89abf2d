package io.tierdrill.load.order;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.util.HashMap;
import java.util.Map;

/**
 * Who must wait for whom. A request waits for those earlier ones of its user that had ended before it began in the
 * recording, and for no others:
 *
 * <pre>
 *   recorded    a |=====|                    b began after a had ended, c while b was under way:
 *                           b |====|         b waits for a; c waits for a, and not for b
 *                              c |===|
 * </pre>
 *
 * Where the recording does not know how long a request took, {@value #UNKNOWN_NANOS} ns stand in: what a user asks
 * within a second may be one page fetched over six connections, what comes later is its next step. So an answer that is
 * overdue holds back this user and nobody else, and the load stays open.
 *
 * <p>Requests that name no user are ordered by client. An address with more than {@value #CROWD} requests within a
 * second is no browser but a proxy or a network with many people behind it: its requests wait for nobody, as one stalled
 * answer would close the loop for all of them.
 *
 * <p>Belongs to one thread. Memory holds requests under way and the clients of the last seconds.
 */
public final class UserOrder {
    static final long UNKNOWN_NANOS = 1_000_000_000;
    static final int CROWD = Crowds.MOST;

    /** Those with requests under way: the named ones by their name, clients by their key. */
    private final Map<String, User> named = new HashMap<>();

    private final Map<String, User> clients = new HashMap<>();
    private final Crowds crowds = new Crowds();

    /** A request's place in the order of its user, from {@link #begin} to {@link #end}. */
    public abstract static class Turn {
        private User user;
        private long begins;
        private long ends;
        private int waitsFor;
        private Turn previous;
        private Turn next;

        /** Everything it waited for has ended. Called within {@link UserOrder#end}, which it must not call itself. */
        protected abstract void go();
    }

    private static final class User {
        final String key;
        final boolean named;
        private Turn first;
        private Turn last;

        User(String key, boolean named) {
            this.key = key;
            this.named = named;
        }

        void add(Turn turn) {
            turn.user = this;
            turn.previous = last;
            if (last == null) first = turn;
            else last.next = turn;
            last = turn;
        }

        void remove(Turn turn) {
            if (turn.previous == null) first = turn.next;
            else turn.previous.next = turn.next;
            if (turn.next == null) last = turn.previous;
            else turn.next.previous = turn.previous;
        }
    }

    /**
     * A request is due; due times never fall.
     *
     * @return whether it may go now; if not, {@link Turn#go} is called when it may
     */
    public boolean begin(Turn turn, RequestRecord request, long dueNanos) {
        User user = request.user().isEmpty()
                ? clients.computeIfAbsent(request.client(), k -> new User(k, false))
                : named.computeIfAbsent(request.user(), k -> new User(k, true));
        turn.begins = dueNanos;
        turn.ends = ends(request, dueNanos);
        if (user.named || !crowds.isCrowd(user.key, dueNanos)) turn.waitsFor = endedBefore(user, dueNanos);
        user.add(turn);
        return turn.waitsFor == 0;
    }

    static long ends(RequestRecord request, long dueNanos) {
        return dueNanos + request.response().flatMap(Response::latencyNanos).orElse(UNKNOWN_NANOS);
    }

    private static int endedBefore(User user, long nanos) {
        int count = 0;
        for (Turn t = user.first; t != null; t = t.next) if (t.ends <= nanos) count++;
        return count;
    }

    /** A request has ended, whatever became of it, also where it never went. Those that waited for it alone go. */
    public void end(Turn turn) {
        User user = turn.user;
        Turn later = turn.next;
        user.remove(turn);
        if (user.first == null) (user.named ? named : clients).remove(user.key);
        while (later != null) {
            if (later.waitsFor > 0 && turn.ends <= later.begins && --later.waitsFor == 0) later.go();
            later = later.next;
        }
    }

    /** Users and clients it remembers. */
    int remembered() {
        return named.size() + crowds.remembered();
    }
}
