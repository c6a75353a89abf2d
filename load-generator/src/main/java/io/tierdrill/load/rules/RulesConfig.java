package io.tierdrill.load.rules;

import io.tierdrill.model.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How requests are changed before they are sent: {@code rewrite}, {@code login}, {@code correlate} and {@code cookies}
 * under {@code load}.
 *
 * @param rewrite in the order they are applied
 * @param login a request before each user's first
 * @param correlate values taken from answers
 * @param keepCookies whether each user keeps the cookies the target sets
 */
public record RulesConfig(
        List<RewriteRule> rewrite, Optional<LoginConfig> login, List<CorrelationRule> correlate, boolean keepCookies) {
    private static final RulesConfig NONE = new RulesConfig(List.of(), Optional.empty(), List.of(), false);

    public RulesConfig {
        rewrite = List.copyOf(rewrite);
        correlate = List.copyOf(correlate);
    }

    /** Everything is sent as it was recorded. */
    public static RulesConfig none() {
        return NONE;
    }

    /** Takes its settings out of {@code load}; mistakes become problems of the node's document. */
    public static RulesConfig from(ConfigNode node) {
        Optional<LoginConfig> login =
                node.has("login") ? Optional.of(LoginConfig.from(node.object("login"))) : Optional.empty();
        List<CorrelationRule> correlate = new ArrayList<>();
        for (ConfigNode item : node.objects("correlate")) correlate.add(CorrelationRule.from(item, correlate.size()));
        List<String> names = names(node, login, correlate);
        List<RewriteRule> rewrite = new ArrayList<>();
        for (ConfigNode item : node.objects("rewrite")) rewrite.add(RewriteRule.from(item, names));
        boolean keep =
                node.word("cookies", "recorded", List.of("recorded", "keep")).equals("keep");
        return new RulesConfig(rewrite, login, correlate, keep);
    }

    private static List<String> names(ConfigNode node, Optional<LoginConfig> login, List<CorrelationRule> correlate) {
        Set<String> names = new LinkedHashSet<>(Texts.STATIC_NAMES);
        login.ifPresent(l -> names.add(l.as()));
        CorrelationRule.names(correlate)
                .filter(name -> !names.add(name))
                .forEach(twice -> node.problem(
                        "correlate", "two values are called " + twice, "Give each its own name with 'name:'."));
        return new ArrayList<>(names);
    }

    /** Whether answers have to be read, their heads or their bodies. */
    public boolean readsAnswers() {
        return login.isPresent() || !correlate.isEmpty() || keepCookies;
    }

    /** Whether the rule can be applied before anything is sent. */
    boolean isStatic(RewriteRule rule) {
        return Texts.STATIC_NAMES.containsAll(rule.names());
    }

    /** Puts its settings where {@link #from} finds them. */
    public void putInto(Map<String, Object> map) {
        if (!rewrite.isEmpty())
            map.put("rewrite", rewrite.stream().map(RewriteRule::toMap).toList());
        login.ifPresent(l -> map.put("login", l.toMap()));
        if (!correlate.isEmpty())
            map.put("correlate", correlate.stream().map(CorrelationRule::toMap).toList());
        if (keepCookies) map.put("cookies", "keep");
    }
}
