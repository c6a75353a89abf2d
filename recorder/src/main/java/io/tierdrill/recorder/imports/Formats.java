package io.tierdrill.recorder.imports;

import io.tierdrill.recorder.accesslog.ClfFormat;
import io.tierdrill.recorder.aws.BalancerFormat;
import io.tierdrill.recorder.aws.CloudFrontFormat;
import io.tierdrill.recorder.csv.ArrivalsFormat;
import io.tierdrill.recorder.csv.RatesFormat;
import io.tierdrill.recorder.gor.GorFormat;
import io.tierdrill.recorder.haproxy.HaproxyFormat;
import io.tierdrill.recorder.har.HarFormat;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.json.JsonFormat;
import io.tierdrill.recorder.targets.K6Format;
import io.tierdrill.recorder.targets.TargetFormat;
import io.tierdrill.recorder.targets.TextTargetFormat;
import io.tierdrill.recorder.template.TemplateFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every format that can be imported; whoever writes a new one adds it here. */
public final class Formats {
    /**
     * In the order in which they are tried: of two that fit, the earlier one is taken, so what is more particular stands
     * before what is more general.
     */
    private static final List<Format> ALL = Stream.<Stream<? extends Format>>of(
                    Stream.of(new HarFormat(), new GorFormat(), new K6Format()),
                    Stream.of(TargetFormat.values()),
                    Stream.of(new TextTargetFormat()),
                    Stream.of(new RatesFormat(), new ArrivalsFormat()),
                    Stream.of(ClfFormat.VHOST_COMBINED, ClfFormat.COMBINED, ClfFormat.COMMON),
                    Stream.of(new HaproxyFormat(), TemplateFormat.istio(), TemplateFormat.envoy()),
                    Stream.of(BalancerFormat.values()),
                    Stream.of(new CloudFrontFormat()),
                    JsonFormat.known().stream())
            .<Format>flatMap(f -> f)
            .toList();

    private Formats() {}

    public static List<Format> all() {
        return ALL;
    }

    /** Their words, for messages. */
    public static String words() {
        return ALL.stream().map(Format::word).collect(Collectors.joining(", "));
    }

    public static Optional<Format> named(String word) {
        return ALL.stream().filter(f -> f.word().equals(word)).findFirst();
    }

    /** The first that at least half of the units at the beginning fit, else the one that most fit; empty when none does. */
    static Optional<Format> found(Head head) {
        Format best = null;
        double bestShare = 0;
        for (Format format : ALL) {
            double share = format.judge(head).share();
            if (share >= 0.5) return Optional.of(format);
            if (share > bestShare) {
                best = format;
                bestShare = share;
            }
        }
        return Optional.ofNullable(best);
    }
}
