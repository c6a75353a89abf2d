package io.tierdrill.load.rules;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.NearestWord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the texts of rules that go into requests: what could break a request is refused with its place. */
final class Texts {
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final String HOST = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?";
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "expect");

    private Texts() {}

    /** Names of values a template may use: those of the user, and what is taken from answers. */
    static final List<String> STATIC_NAMES = List.of("user", "client");

    /** A mapping of header names to templates. */
    static Map<String, String> headers(ConfigNode node, String key, List<String> names) {
        var good = new LinkedHashMap<String, String>();
        node.textsByName(key).forEach((name, value) -> {
            if (headerName(node, key + "." + name, name) && value(node, key + "." + name, value, names))
                good.put(name, value);
        });
        return good;
    }

    /** Whether a header of this name may be set. */
    static boolean headerName(ConfigNode node, String key, String name) {
        if (!name.matches(TOKEN)) {
            node.problem(key, "cannot use \"" + visible(name) + "\"", "Allowed: the name of a header, such as X-Test.");
            return false;
        }
        if (!OURS.contains(name.toLowerCase(Locale.ROOT))) return true;
        String help = name.equalsIgnoreCase("host") ? "Write 'host:' beside 'headers:'." : "Take it out.";
        node.problem(key, "the injector writes " + name + " itself", help);
        return false;
    }

    /** Whether the text may go into a request line or header, with its gaps filled. */
    static boolean value(ConfigNode node, String key, String text, List<String> names) {
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            node.problem(key, "holds a line break or another control character", "Allowed: one line of text.");
            return false;
        }
        return gaps(node, key, text, names);
    }

    /** Whether every gap of the template can be filled. */
    static boolean gaps(ConfigNode node, String key, String text, List<String> names) {
        Template template = new Template(text);
        for (String name : template.names()) {
            if (names.contains(name)) continue;
            node.problem(key, "nothing is known as ${" + visible(name) + "}", known(name, names));
            return false;
        }
        if (!template.hasEmptyName()) return true;
        node.problem(key, "has ${} without a name", known("", names));
        return false;
    }

    private static String known(String found, List<String> names) {
        return NearestWord.help(found, names) + " Write $$ for a dollar.";
    }

    /** A host with an optional port; a problem and nothing where it is none. */
    static Optional<String> host(ConfigNode node, String key) {
        return node.optionalText(key).filter(h -> hostName(node, key, h));
    }

    static boolean hostName(ConfigNode node, String key, String host) {
        if (host.matches(HOST)) return true;
        node.problem(
                key, "cannot use \"" + visible(host) + "\"", "Allowed: HOST or HOST:PORT, such as shop.test:8080.");
        return false;
    }

    /** Names of a list, each checked to be one. */
    static List<String> headerNames(ConfigNode node, String key) {
        List<String> names = node.oneOrMoreTexts(key);
        return names.stream().filter(n -> headerName(node, key, n)).toList();
    }

    static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(80).forEach(c -> shown.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return shown.toString();
    }
}
