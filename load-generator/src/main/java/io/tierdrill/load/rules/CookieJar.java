package io.tierdrill.load.rules;

import io.tierdrill.load.match.PathPattern;
import io.tierdrill.load.match.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the target told one user to keep (RFC 6265): name, value, domain and path. A run lasts minutes, so a cookie ends
 * only where the answer ends it: {@code Max-Age} of zero or less, or {@code Expires} in the last century's way of saying
 * so. {@code Secure} is not looked at: a replay may go over another scheme than the recording.
 */
final class CookieJar {
    static final int MOST = 50;
    private static final int LONGEST = 4_096;

    /** A cookie; {@code hostOnly} where it named no domain. {@code gone} keeps a recorded one from being sent. */
    private record Cookie(String name, String value, String domain, boolean hostOnly, String path, boolean gone) {
        boolean isFor(String host, String requestPath) {
            boolean here = domain.isEmpty() || host.equals(domain) || !hostOnly && host.endsWith("." + domain);
            return here && pathMatches(requestPath);
        }

        private boolean pathMatches(String requestPath) {
            if (!requestPath.startsWith(path)) return false;
            return path.endsWith("/")
                    || requestPath.length() == path.length()
                    || requestPath.charAt(path.length()) == '/';
        }

        boolean replaces(Cookie other) {
            return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
        }
    }

    private final List<Cookie> cookies = new ArrayList<>();

    /** Takes a {@code Set-Cookie} of an answer; whether there was one to take. */
    boolean store(String setCookie, String authority, String target) {
        String[] parts = setCookie.split(";");
        int equals = parts[0].indexOf('=');
        if (equals < 1 || setCookie.length() > LONGEST || isUnsafe(setCookie)) return false;
        String domain = host(authority);
        boolean hostOnly = true;
        String path = directory(PathPattern.pathOf(target));
        boolean gone = false;
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].split("=", 2);
            String value = attribute.length < 2 ? "" : attribute[1].strip();
            switch (attribute[0].strip().toLowerCase(Locale.ROOT)) {
                case "domain" -> {
                    String named = value.toLowerCase(Locale.ROOT);
                    if (named.startsWith(".")) named = named.substring(1);
                    if (!named.isEmpty()) {
                        domain = named;
                        hostOnly = false;
                    }
                }
                case "path" -> path = value.startsWith("/") ? value : path;
                case "max-age" -> gone |= value.startsWith("-") || value.equals("0");
                case "expires" -> gone |= value.matches(".*[ -](19[0-9][0-9]|[7-9][0-9]) .*");
                default -> {}
            }
        }
        String name = parts[0].substring(0, equals).strip();
        String value = parts[0].substring(equals + 1).strip();
        put(new Cookie(name, value, domain, hostOnly, path, gone));
        return true;
    }

    private void put(Cookie cookie) {
        cookies.removeIf(cookie::replaces);
        cookies.add(cookie);
        if (cookies.size() > MOST) cookies.remove(0);
    }

    /** The {@code Cookie} header with what is kept in place of what was recorded; nothing where none is left. */
    Optional<String> header(Optional<String> recorded, String authority, String target) {
        Map<String, String> pairs = pairs(recorded.orElse(""));
        String host = host(authority);
        String path = PathPattern.pathOf(target);
        for (Cookie cookie : cookies) {
            if (!cookie.isFor(host, path)) continue;
            if (cookie.gone) pairs.remove(cookie.name);
            else pairs.put(cookie.name, cookie.value);
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(joined(pairs));
    }

    /** Name and value of each pair in a {@code Cookie} header, in order. */
    static Map<String, String> pairs(String header) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : header.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0)
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
        }
        return pairs;
    }

    static String joined(Map<String, String> pairs) {
        StringBuilder header = new StringBuilder();
        pairs.forEach((name, value) -> header.append(header.length() == 0 ? "" : "; ")
                .append(name)
                .append('=')
                .append(value));
        return header.toString();
    }

    boolean isEmpty() {
        return cookies.isEmpty();
    }

    /** Characters it holds, for the account of memory. */
    long characters() {
        long sum = 0;
        for (Cookie c : cookies) sum += c.name.length() + c.value.length() + c.domain.length() + c.path.length();
        return sum;
    }

    private static boolean isUnsafe(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    private static String host(String authority) {
        return When.hostOnly(authority).toLowerCase(Locale.ROOT);
    }

    /** Where a cookie without a path belongs (RFC 6265, 5.1.4). */
    private static String directory(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
