package io.tierdrill.load.replay;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A population whose truth is known: people come by a Poisson process of a rate that we set, each for a visit of some
 * pages, a page being a burst of requests within a tenth of a second, with thinking in between. Twice the people is then
 * a matter of drawing again at twice the rate, and a scaled trace can be held against that.
 *
 * @param perSecond visits that begin
 * @param rushAt when the rate rises tenfold within 50 ms, to fall back with a time of 10 s; empty for never
 */
record Population(double perSecond, double seconds, Optional<Double> rushAt, boolean pages) {
    private static final double SECOND = 1e9;

    List<RequestRecord> draw(Seeds seeds) {
        RandomGenerator random = seeds.stream("population");
        List<RequestRecord> all = new ArrayList<>();
        double at = -30; // People who are there when it begins.
        int visitor = 0;
        double highest = rushAt.isPresent() ? perSecond * 10 : perSecond;
        while ((at += exponential(random) / highest) < seconds)
            if (random.nextDouble() * highest < rate(at)) visit(visitor++, at, random, all);
        all.sort(Comparator.comparingLong(RequestRecord::offsetNanos));
        return all;
    }

    Path write(Path file, Seeds seeds) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "a population", Map.of()))) {
            for (RequestRecord r : draw(seeds)) writer.write(r);
        }
        return file;
    }

    private double rate(double at) {
        if (rushAt.isEmpty() || at < rushAt.get()) return perSecond;
        double since = at - rushAt.get();
        return perSecond * (1 + 9 * Math.min(1, since / 0.05) * Math.exp(-since / 10));
    }

    private void visit(int visitor, double at, RandomGenerator random, List<RequestRecord> all) {
        do {
            double then = at;
            do {
                long rank = (long) Math.floor(Math.exp(random.nextDouble() * Math.log(2_000)));
                if (then >= 0 && then < seconds)
                    all.add(new RequestRecord(
                            (long) (then * SECOND),
                            "10." + visitor / 65_536 + "." + visitor / 256 % 256 + "." + visitor % 256,
                            "",
                            "visitor-" + visitor,
                            "http",
                            "GET",
                            "",
                            "/item/" + rank,
                            List.of(),
                            Body.none(),
                            Optional.empty()));
                then += 0.02 * exponential(random);
            } while (pages && random.nextDouble() < 0.8);
            at += 3 * exponential(random) + 0.1;
        } while (pages && random.nextDouble() < 0.75);
    }

    private static double exponential(RandomGenerator random) {
        return -Math.log(1 - random.nextDouble());
    }
}
