package io.tierdrill.load.rules;

import io.tierdrill.model.trace.RequestRecord;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which requests of a recording go out with a host that somebody named: those recorded with one, and those that a rule of
 * {@code rewrite} gives one. Belongs to one thread.
 */
public final class NamedHosts implements Predicate<RequestRecord> {
    /** What a request without a host is called in {@code hosts}. */
    static final String NONE = "";

    private final Rewriter ahead;
    private final List<RewriteRule> later;

    public NamedHosts(RulesConfig rules) {
        ahead = Rewriter.ahead(rules);
        later = rules.rewrite().stream()
                .filter(rule -> !rules.isStatic(rule))
                .filter(rule -> rule.host().isPresent() || rule.hosts().containsKey(NONE))
                .toList();
    }

    @Override
    public boolean test(RequestRecord request) {
        if (!request.authority().isEmpty()) return true;
        RequestRecord changed = ahead.apply(request);
        return !changed.authority().isEmpty()
                || later.stream().anyMatch(rule -> rule.when().matches(changed));
    }
}
