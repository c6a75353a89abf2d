package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a bottleneck together; two signals that do not depend on each other make it more than a suspicion. */
final class Blame {
    private final String tier;
    private final String resource;
    private final String kind;
    private final String title;
    private Optional<String> instance = Optional.empty();
    private Optional<Double> limit = Optional.empty();
    private Optional<String> setting = Optional.empty();
    private Optional<String> place = Optional.empty();
    private final List<String> signals = new ArrayList<>();
    private final List<String> context = new ArrayList<>();

    private Blame(String tier, String resource, String kind, String title) {
        this.tier = tier;
        this.resource = resource;
        this.kind = kind;
        this.title = title;
    }

    static Blame on(String tier, String resource, String kind, String title) {
        return new Blame(tier, resource, kind, title);
    }

    /** The one instance concerned. */
    Blame instance(Object one) {
        instance = Optional.of(one.toString());
        return this;
    }

    Blame limit(double most) {
        limit = Optional.of(most);
        return this;
    }

    Blame setting(Optional<String> path, Facts facts) {
        setting = path;
        place = path.flatMap(facts::place);
        return this;
    }

    /** Something seen that speaks for it by itself. */
    Blame signal(String seen) {
        signals.add(seen);
        return this;
    }

    Blame signal(Optional<String> seen) {
        seen.ifPresent(signals::add);
        return this;
    }

    /** Something that helps to understand it and proves nothing. */
    Blame context(Optional<String> words) {
        words.ifPresent(context::add);
        return this;
    }

    Blame context(String words) {
        context.add(words);
        return this;
    }

    Bottleneck change(String whatToDo) {
        List<String> evidence = new ArrayList<>(signals);
        evidence.addAll(context);
        return new Bottleneck(
                tier,
                instance,
                resource,
                kind,
                limit,
                setting,
                place,
                title,
                signals.size() >= 2 ? Confidence.TWO_SIGNALS : Confidence.SUSPECTED,
                evidence,
                whatToDo);
    }
}
