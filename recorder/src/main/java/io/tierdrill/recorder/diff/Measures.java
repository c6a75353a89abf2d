package io.tierdrill.recorder.diff;

import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.DiffReport.Mover;
import io.tierdrill.recorder.diff.DiffReport.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of two profiles is compared, each as a share that one tolerance holds for. */
final class Measures {
    private static final int MOST_MOVERS = 10;

    private final List<Measure> all = new ArrayList<>();
    private final double tolerance;

    private Measures(double tolerance) {
        this.tolerance = tolerance;
    }

    static List<Measure> of(Profile a, Profile b, Order order, double tolerance) {
        Measures measures = new Measures(tolerance);
        measures.count("requests", a.requests, b.requests);
        measures.counts("method ", a.methods, b.methods);
        measures.counts("status ", a.statuses, b.statuses);
        measures.count("paths", a.paths.size(), b.paths.size());
        measures.share("popularity of paths", popularity(a, b));
        measures.share("users whose order differs", share(order));
        measures.count("seconds from first to last", a.span() / 1e9, b.span() / 1e9);
        measures.share("gaps between requests", a.gaps.distance(b.gaps));
        measures.share("gaps between requests of a user", a.userGaps.distance(b.userGaps));
        measures.count("bytes of requests", a.requestBytes, b.requestBytes);
        measures.count("bytes of responses", a.responseBytes, b.responseBytes);
        measures.messages("clients", a.fromClients, b.fromClients);
        measures.messages("servers", a.fromServers, b.fromServers);
        return measures.all;
    }

    /** Where there are any. */
    private void messages(String of, Profile.Messages a, Profile.Messages b) {
        if (a.count + b.count == 0) return;
        count("messages of " + of, a.count, b.count);
        count("bytes of messages of " + of, a.bytes, b.bytes);
    }

    /** Half the sum of all changes of shares: how much of the requests asks for something else (total variation). */
    private static double popularity(Profile a, Profile b) {
        double sum = 0;
        for (String path : names(a.paths, b.paths)) sum += Math.abs(change(path, a, b));
        return sum / 2;
    }

    static List<Mover> movers(Profile a, Profile b) {
        return names(a.paths, b.paths).stream()
                .filter(p -> change(p, a, b) != 0)
                .map(p -> new Mover(p, a.paths.getOrDefault(p, 0L), b.paths.getOrDefault(p, 0L), change(p, a, b)))
                .sorted(Comparator.comparingDouble((Mover m) -> -Math.abs(m.change()))
                        .thenComparing(Mover::path))
                .limit(MOST_MOVERS)
                .toList();
    }

    private static double change(String path, Profile a, Profile b) {
        return (double) b.paths.getOrDefault(path, 0L) / Math.max(1, b.requests)
                - (double) a.paths.getOrDefault(path, 0L) / Math.max(1, a.requests);
    }

    private static double share(Order order) {
        long wrong = order.differing() + order.onlyInA() + order.onlyInB();
        return wrong == 0 ? 0 : (double) wrong / (wrong + order.same());
    }

    private void counts(String word, Map<String, Long> a, Map<String, Long> b) {
        for (String name : names(a, b)) count(word + name, a.getOrDefault(name, 0L), b.getOrDefault(name, 0L));
    }

    private void count(String name, double a, double b) {
        double larger = Math.max(a, b);
        double difference = larger == 0 ? 0 : Math.abs(a - b) / larger;
        all.add(new Measure(name, a, b, difference, difference <= tolerance));
    }

    private void share(String name, double difference) {
        all.add(new Measure(name, 0, difference, difference, difference <= tolerance));
    }

    private static Set<String> names(Map<String, Long> a, Map<String, Long> b) {
        Set<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
