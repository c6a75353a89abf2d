package io.tierdrill.load.live;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens while a run goes on.
 *
 * @param abortOn rules of which the first that is broken ends the run
 * @param metrics where {@code /metrics} is served; port 0 takes any free one; nowhere where empty
 */
public record LiveConfig(List<AbortRule> abortOn, Optional<InetSocketAddress> metrics) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern ADDRESS = Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s/]*):)?(\\d{1,5})");
    private static final String ALLOWED =
            "Allowed: HOST:PORT such as 127.0.0.1:9464, or a port of the loopback; port 0 " + "is any free one.";

    public LiveConfig {
        abortOn = List.copyOf(abortOn);
    }

    /** Neither rules nor an endpoint. */
    public static LiveConfig none() {
        return new LiveConfig(List.of(), Optional.empty());
    }

    /** Ends a run whose p99 stays above the limit for so long, as {@code p99 > 1s for 2s} would. */
    public static LiveConfig endingAbove(Duration p99, Duration forLong) {
        String text = "p99 > " + DurationText.format(p99) + " for " + DurationText.format(forLong);
        try {
            return new LiveConfig(List.of(AbortRuleText.parse(text)), Optional.empty());
        } catch (AbortRuleText.Unreadable ours) {
            throw new IllegalArgumentException(text, ours);
        }
    }

    /** The same with more rules, and another endpoint where one is given. */
    public LiveConfig with(LiveConfig more) {
        List<AbortRule> rules = new ArrayList<>(abortOn);
        rules.addAll(more.abortOn);
        return new LiveConfig(rules, more.metrics.or(() -> metrics));
    }

    /** Takes {@code abortOn} and {@code metrics} out of the node; the rest is the caller's. */
    public static LiveConfig from(ConfigNode node) {
        List<AbortRule> rules = new ArrayList<>();
        int index = 0;
        for (String text : node.texts("abortOn")) {
            try {
                rules.add(AbortRuleText.parse(text));
            } catch (AbortRuleText.Unreadable wrong) {
                node.problem("abortOn[" + index + "]", wrong.getMessage(), wrong.help());
            }
            index++;
        }
        return new LiveConfig(rules, node.optionalText("metrics").flatMap(text -> address(node, text)));
    }

    private static Optional<InetSocketAddress> address(ConfigNode node, String text) {
        Matcher m = ADDRESS.matcher(text.strip());
        if (m.matches() && Integer.parseInt(m.group(2)) <= 65_535) {
            String host = m.group(1) == null || m.group(1).isEmpty() ? LOOPBACK : m.group(1);
            var address = new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), Integer.parseInt(m.group(2)));
            if (!address.isUnresolved()) return Optional.of(address);
        }
        node.problem("metrics", "cannot use \"" + text + "\"", ALLOWED);
        return Optional.empty();
    }

    /** As {@link #from} reads it back; nothing where nothing is asked for. */
    public void putInto(Map<String, Object> map) {
        if (!abortOn.isEmpty())
            map.put("abortOn", abortOn.stream().map(AbortRule::text).toList());
        metrics.ifPresent(address -> map.put("metrics", text(address)));
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
