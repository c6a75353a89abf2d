package io.tierdrill.analysis.capacity;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.ResourceRow;
import io.tierdrill.analysis.finding.TierRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request takes of a limit, by the utilisation law from two runs at low load: the growth of the used share over
 * the growth of the rate, so that what a tier costs when idle is not put down to requests.
 *
 * @param share of the limit that a request a second takes
 * @param fullAtPerSecond the rate at which nothing would be left
 */
public record Demand(String tier, String resource, Optional<String> setting, double share, double fullAtPerSecond) {
    private static final double LEAST_SHARE = 0.005;

    /** Of every limit whose use grew between the two runs, the scarcest first. */
    public static List<Demand> between(Verdict low, Verdict high) {
        double from = low.capacity().goodputPerSecond();
        double to = high.capacity().goodputPerSecond();
        if (!(to > from)) return List.of();
        Map<String, ResourceRow> before = hottest(low);
        List<Demand> demands = new ArrayList<>();
        hottest(high).forEach((key, row) -> {
            double idle =
                    Optional.ofNullable(before.get(key)).map(ResourceRow::share).orElse(0.0);
            double slope = (row.share() - idle) / (to - from);
            if (slope <= 0 || row.share() < LEAST_SHARE) return;
            demands.add(new Demand(tier(row), row.resource(), row.setting(), slope, to + (1 - row.share()) / slope));
        });
        demands.sort(Comparator.comparingDouble(Demand::fullAtPerSecond));
        return demands;
    }

    /** The row with the largest share of each tier's resource; what an emulation costs is no limit of anybody's. */
    private static Map<String, ResourceRow> hottest(Verdict verdict) {
        Set<String> emulated = verdict.tiers().stream()
                .filter(TierRow::emulated)
                .map(TierRow::tier)
                .collect(Collectors.toSet());
        Map<String, ResourceRow> hottest = new LinkedHashMap<>();
        for (ResourceRow row : verdict.resources())
            if (!(emulated.contains(tier(row)) && row.kind().equals("cpu")))
                hottest.merge(tier(row) + " " + row.resource(), row, (a, b) -> a.share() >= b.share() ? a : b);
        return hottest;
    }

    private static String tier(ResourceRow row) {
        return row.instance().substring(0, row.instance().lastIndexOf('/'));
    }
}
