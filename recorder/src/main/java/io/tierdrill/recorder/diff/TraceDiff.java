package io.tierdrill.recorder.diff;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.DiffReport.Order;
import io.tierdrill.recorder.diff.DiffReport.OrderExample;
import io.tierdrill.recorder.diff.DiffReport.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares two traces: counts, the order of each user's requests, gaps, popularity, sizes. Stateless. */
public final class TraceDiff {
    private TraceDiff() {}

    /**
     * Reads both, and again for examples where orders differ.
     *
     * @param tolerance largest share, 0 to 1, by which a measure may differ
     * @throws BadInputException when one of them is no trace
     */
    public static DiffReport of(Path a, Path b, double tolerance) throws IOException, BadInputException {
        if (!(tolerance >= 0 && tolerance <= 1))
            throw new IllegalArgumentException("tolerance must be from 0 to 1, was " + tolerance);
        Profile one = profile(a);
        Profile other = profile(b);
        Order order = withExamples(Orders.compare(one, other), Orders.examples(one, other), a, b);
        List<Measure> measures = Measures.of(one, other, order, tolerance);
        return new DiffReport(
                measures.stream().allMatch(Measure::within),
                tolerance,
                measures,
                order,
                new Pair<>(one.gaps.quantiles(), other.gaps.quantiles()),
                new Pair<>(one.userGaps.quantiles(), other.userGaps.quantiles()),
                Measures.movers(one, other),
                new Pair<>(one.damage, other.damage));
    }

    private static Profile profile(Path path) throws IOException, BadInputException {
        try (TraceReader trace = TraceReader.open(path)) {
            return Profile.of(trace);
        }
    }

    private static Order withExamples(Order order, Set<String> users, Path a, Path b)
            throws IOException, BadInputException {
        if (users.isEmpty()) return order;
        List<OrderExample> examples = OrderExamples.of(users, steps(a, users), steps(b, users));
        return new Order(
                order.matchedBy(), order.same(), order.differing(), order.onlyInA(), order.onlyInB(), examples);
    }

    private static Map<String, List<String>> steps(Path path, Set<String> users) throws IOException, BadInputException {
        try (TraceReader trace = TraceReader.open(path)) {
            return OrderExamples.steps(trace, users);
        }
    }
}
