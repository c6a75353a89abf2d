package io.tierdrill.load.rules;

import io.tierdrill.model.run.RuleUse;
import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Applies rules of {@code rewrite}, each to what the one before made of the request. Belongs to one thread; the counts
 * may be read by any.
 */
public final class Rewriter {
    private final List<Rewrite> rules = new ArrayList<>();
    private final List<RuleCount> counts = new ArrayList<>();

    private Rewriter(RulesConfig config, boolean ahead) {
        for (int i = 0; i < config.rewrite().size(); i++) {
            RewriteRule rule = config.rewrite().get(i);
            if (config.isStatic(rule) != ahead) continue;
            rules.add(new Rewrite(rule));
            counts.add(new RuleCount("rewrite[" + i + "]"));
        }
    }

    /** The rules that need nothing of any answer: for the thread that prepares. */
    public static Rewriter ahead(RulesConfig config) {
        return new Rewriter(config, true);
    }

    /** The rules with values taken from answers: for the thread that sends. */
    static Rewriter whenSent(RulesConfig config) {
        return new Rewriter(config, false);
    }

    /** Whether it leaves every request as it is. */
    public boolean isIdle() {
        return rules.isEmpty();
    }

    /** The request to send instead; the same where no rule is about it. */
    public RequestRecord apply(RequestRecord request) {
        return apply(request, name -> fact(request, name));
    }

    RequestRecord apply(RequestRecord request, Function<String, Optional<String>> values) {
        RequestRecord changed = request;
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).when().matches(changed)) continue;
            Optional<RequestRecord> applied = rules.get(i).apply(changed, values);
            if (applied.isEmpty()) missed(counts.get(i), request);
            else if (!applied.get().equals(changed)) counts.get(i).applied();
            changed = applied.orElse(changed);
        }
        return changed;
    }

    private static void missed(RuleCount count, RequestRecord request) {
        count.missed(count.neverMissed() ? Sessions.line(request) + ": a value it needs was not known yet" : "");
    }

    /** What is known of a user from the request alone. */
    static Optional<String> fact(RequestRecord request, String name) {
        return switch (name) {
            case "user" -> Optional.of(Sessions.userOf(request));
            case "client" -> Optional.of(request.client());
            default -> Optional.empty();
        };
    }

    /** What became of its rules so far. */
    public List<RuleUse> uses() {
        return counts.stream().map(RuleCount::use).toList();
    }
}
