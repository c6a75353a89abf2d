package io.tierdrill.analysis;

import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** Can I trust it: the last line of the first screen. */
final class Trust {
    private static final String DOT = " · ";
    private static final double MOST_OPEN = 0.2;

    private Trust() {}

    static String of(Verdict verdict) {
        List<String> parts = new ArrayList<>();
        parts.add(verdict.validity().status());
        parts.addAll(verdict.validity().reasons());
        if (verdict.validity().trusted()) {
            verdict.injectorCpuShare()
                    .ifPresent(share -> parts.add("injector " + Figures.wholePercent(share) + " CPU"));
            verdict.latency().latenessP99Micros().ifPresent(late -> parts.add("lateness p99 " + Figures.micros(late)));
            verdict.stages().tail().ifPresent(tail -> parts.add(closure(verdict)));
        }
        parts.add(Figures.count(verdict.latency().requests()) + " requests");
        parts.addAll(verdict.validity().remarks().stream().limit(2).toList());
        return String.join(DOT, parts);
    }

    /** Requests that were never answered, timed out ones above all, tell no stages. */
    private static String closure(Verdict verdict) {
        double open = verdict.stages().rows().stream()
                .filter(r -> r.stage().equals("unattributed"))
                .mapToDouble(r -> Math.abs(r.tailShare()))
                .findFirst()
                .orElse(0);
        return open > MOST_OPEN
                ? "stages do not close: " + Figures.percent(open) + " of the tail is unattributed"
                : "stages close to " + Figures.percent(open);
    }
}
