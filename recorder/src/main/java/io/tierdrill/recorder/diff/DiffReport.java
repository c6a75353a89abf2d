package io.tierdrill.recorder.diff;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where two traces differ. Serialises to the JSON of {@code inspect --diff --json} as it stands.
 *
 * @param same whether every measure is within the tolerance
 * @param tolerance share, 0 to 1
 * @param measures all of them, those within too
 * @param order of the requests of each user
 * @param gapNanos quantiles of the distance between requests, of A and of B
 * @param userGapNanos the same between requests of one user
 * @param movers the paths whose share changed most, first the one that changed most
 * @param damage of A and of B, where there is any
 */
public record DiffReport(
        boolean same,
        double tolerance,
        List<Measure> measures,
        Order order,
        Pair<Map<String, Long>> gapNanos,
        Pair<Map<String, Long>> userGapNanos,
        List<Mover> movers,
        Pair<Optional<String>> damage) {

    public DiffReport {
        measures = List.copyOf(measures);
        movers = List.copyOf(movers);
    }

    /** Of the one trace and of the other. */
    public record Pair<T>(T a, T b) {}

    /**
     * One thing that was compared.
     *
     * @param difference share, 0 for none: of the larger count, of the users, of the distribution
     */
    public record Measure(String name, double a, double b, double difference, boolean within) {}

    /** A path's share of the requests. */
    public record Mover(String path, long a, long b, double change) {}

    /**
     * Whether users asked for the same in the same order.
     *
     * @param matchedBy {@code name}, or {@code content} where no user of A is in B under the same name, as when the two
     *     were masked under different keys: then each order of A is looked for in B, whoever it belongs to
     * @param onlyInA users, or orders
     * @param differing users of both traces whose orders differ; by content there are none
     * @param examples the first few of these
     */
    public record Order(
            String matchedBy, long same, long differing, long onlyInA, long onlyInB, List<OrderExample> examples) {}

    /**
     * How one user's orders differ.
     *
     * @param common requests that both begin with
     * @param nextInA what A has then; empty at its end
     * @param nextInB what B has then
     */
    public record OrderExample(String user, long common, String nextInA, String nextInB) {}
}
