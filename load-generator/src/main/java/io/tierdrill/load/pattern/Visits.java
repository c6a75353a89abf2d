package io.tierdrill.load.pattern;

import io.tierdrill.load.arrival.ArrivalProcess;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Who sends each request. The arrival law alone decides when requests come; each one goes to the visitor who has been
 * ready longest (the end of the thinking time drawn after the last request), and where nobody is ready, a client drawn
 * from those at home begins a visit. So the law stays exact, visits have geometric length and pauses are at least as
 * long as drawn: by Little's law {@code rate * thinkTime} visitors are busy. Only when the whole population is out does
 * the one closest to ready go on early.
 *
 * <p>Memory grows with the population, not with time. Not thread-safe.
 */
final class Visits {
    private final PatternConfig.Sessions sessions;
    private final RandomGenerator random;
    private final String[] names;
    /** Clients at home are the first {@code home} of the permutation. */
    private final int[] clients;

    private int home;
    private final PriorityQueue<Visit> out = new PriorityQueue<>(Comparator.comparingLong(v -> v.readyNanos));

    Visits(PatternConfig.Sessions sessions, RandomGenerator random) {
        this.sessions = sessions;
        this.random = random;
        this.names = new String[sessions.clients()];
        this.clients = new int[sessions.clients()];
        for (int i = 0; i < clients.length; i++) clients[i] = i;
        this.home = clients.length;
    }

    /** The client whose request this is. */
    String clientAt(long dueNanos) {
        Visit visit = out.peek();
        boolean goesOn = visit != null && (visit.readyNanos <= dueNanos || home == 0);
        if (goesOn) out.poll();
        else visit = begin();
        String name = name(visit.client);
        if (--visit.left > 0) {
            visit.readyNanos = dueNanos + think();
            out.add(visit);
        } else {
            clients[home++] = visit.client;
        }
        return name;
    }

    private Visit begin() {
        int index = random.nextInt(home);
        var visit = new Visit(clients[index], length());
        clients[index] = clients[--home];
        return visit;
    }

    /** Geometric from 1 with the given mean, by inversion. */
    private long length() {
        double stop = 1 / sessions.requests();
        if (stop >= 1) return 1;
        return 1 + (long) Math.floor(-ArrivalProcess.exponential(random) / Math.log1p(-stop));
    }

    private long think() {
        Duration mean = sessions.thinkTime();
        return Math.round(ArrivalProcess.exponential(random) * mean.toNanos());
    }

    private String name(int client) {
        if (names[client] == null) names[client] = "client-" + (client + 1);
        return names[client];
    }

    private static final class Visit {
        final int client;
        long left;
        long readyNanos;

        Visit(int client, long left) {
            this.client = client;
            this.left = left;
        }
    }
}
