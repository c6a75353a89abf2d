package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Headers: what is done with a value depends on the name. One thread. */
final class HeaderMask {
    private static final int MOST_NAMES = 1024;
    private static final Set<String> AUTHORIZATION = Set.of("authorization", "proxy-authorization");
    private static final Set<String> SET_COOKIE = Set.of("set-cookie", "set-cookie2");
    private static final Set<String> COOKIE = Set.of("cookie", "cookie2");
    private static final Set<String> ADDRESSES = Set.of(
            "x-forwarded-for",
            "x-real-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "cf-connecting-ipv6",
            "x-client-ip",
            "x-cluster-client-ip",
            "fastly-client-ip",
            "x-original-forwarded-for",
            "x-envoy-external-address",
            "client-ip",
            "x-remote-ip",
            "x-remote-addr",
            "remote-addr",
            "forwarded-for",
            "x-forwarded",
            "x-originating-ip",
            "x-azure-clientip",
            "x-appengine-user-ip",
            "fly-client-ip",
            "cf-pseudo-ipv4");

    private enum Way {
        TEXT,
        AUTHORIZATION,
        COOKIE,
        SET_COOKIE,
        SECRET,
        ADDRESSES,
        FORWARDED,
        PROTOCOLS
    }

    /** @param name as it may be written */
    private record Known(String name, Way way) {}

    private final Map<String, Known> known = new HashMap<>();
    private final TextMask text;
    private final SecretNames names;
    private final AddressMask addresses;
    private final Pseudonyms pseudonyms;
    private final MaskedCounts counts;

    HeaderMask(TextMask text, SecretNames names, AddressMask addresses, Pseudonyms pseudonyms, MaskedCounts counts) {
        this.text = text;
        this.names = names;
        this.addresses = addresses;
        this.pseudonyms = pseudonyms;
        this.counts = counts;
    }

    /** The same object where nothing was masked. */
    Header mask(Header header) {
        Known kind = known.get(header.name());
        if (kind == null) kind = learn(header.name());
        String value = value(kind.way, header.value());
        boolean same = value.equals(header.value()) && kind.name.equals(header.name());
        return same ? header : new Header(kind.name, value);
    }

    private Known learn(String name) {
        Known kind = new Known(text.mask(name, TextMask.Form.TEXT), way(name));
        if (known.size() < MOST_NAMES) known.put(name, kind);
        return kind;
    }

    private Way way(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (AUTHORIZATION.contains(lower)) return Way.AUTHORIZATION;
        if (COOKIE.contains(lower)) return Way.COOKIE;
        if (SET_COOKIE.contains(lower)) return Way.SET_COOKIE;
        if (ADDRESSES.contains(lower)) return Way.ADDRESSES;
        if (lower.equals("forwarded")) return Way.FORWARDED;
        if (lower.equals("sec-websocket-protocol")) return Way.PROTOCOLS;
        // What a server or browser asks for is no secret: the names of schemes, a yes or no.
        if (lower.equals("www-authenticate") || lower.equals("proxy-authenticate")) return Way.TEXT;
        return names.isSecret(name) ? Way.SECRET : Way.TEXT;
    }

    private String value(Way way, String value) {
        return switch (way) {
            case TEXT -> text.mask(value, TextMask.Form.TEXT);
            case AUTHORIZATION -> authorization(value);
            case COOKIE -> cookies(value);
            case SET_COOKIE -> setCookie(value);
            case SECRET -> secret(value, SecretKind.NAMED);
            case ADDRESSES -> addresses(value);
            case FORWARDED -> forwarded(value);
            case PROTOCOLS -> protocols(value);
        };
    }

    private String secret(String value, SecretKind kind) {
        if (value.isBlank()) return value;
        counts.add(kind);
        return pseudonyms.of(value.strip());
    }

    /** The scheme stays. */
    private String authorization(String value) {
        int space = value.indexOf(' ');
        if (space <= 0 || space > 24) return secret(value, SecretKind.AUTHORIZATION);
        return value.substring(0, space + 1) + secret(value.substring(space + 1), SecretKind.AUTHORIZATION);
    }

    /** Names stay, each value becomes a pseudonym. */
    private String cookies(String value) {
        StringBuilder masked = new StringBuilder(value.length());
        for (String pair : value.split(";", -1)) {
            if (masked.length() > 0) masked.append(';');
            masked.append(cookie(pair));
        }
        return masked.toString();
    }

    private String cookie(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            int blank = pair.length() - pair.stripLeading().length();
            return pair.substring(0, blank) + secret(pair.substring(blank), SecretKind.COOKIE);
        }
        String name = text.mask(pair.substring(0, equals), TextMask.Form.TEXT);
        return name + "=" + secret(unquoted(pair.substring(equals + 1)), SecretKind.COOKIE);
    }

    static String unquoted(String value) {
        String bare = value.strip();
        boolean quoted = bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    /** Attributes such as the path stay too. */
    private String setCookie(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0) return cookie(value);
        return cookie(value.substring(0, semicolon)) + text.mask(value.substring(semicolon), TextMask.Form.TEXT);
    }

    private String addresses(String value) {
        StringBuilder masked = new StringBuilder(value.length());
        for (String part : value.split(",", -1)) {
            if (masked.length() > 0) masked.append(',');
            String address = part.strip();
            int blank = part.length() - part.stripLeading().length();
            masked.append(part, 0, blank).append(address(address));
        }
        return masked.toString();
    }

    private String address(String address) {
        String masked = addresses.mask(unquoted(address));
        if (!masked.equals(address)) counts.add(SecretKind.ADDRESS);
        return masked;
    }

    /** RFC 7239: {@code for=192.0.2.1;proto=https;by="[2001:db8::1]:80", for=unknown}. */
    private String forwarded(String value) {
        StringBuilder masked = new StringBuilder(value.length());
        for (String hop : value.split(",", -1)) {
            if (masked.length() > 0) masked.append(',');
            boolean first = true;
            for (String pair : hop.split(";", -1)) {
                masked.append(first ? "" : ";").append(node(pair));
                first = false;
            }
        }
        return masked.toString();
    }

    private String node(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        if (!name.equals("for") && !name.equals("by")) return text.mask(pair, TextMask.Form.TEXT);
        String raw = pair.substring(equals + 1).strip();
        String masked = address(unquoted(raw));
        return pair.substring(0, equals + 1) + (raw.startsWith("\"") ? '"' + masked + '"' : masked);
    }

    /**
     * Clients of WebSocket put tokens among the protocols, for want of another header that scripts may set: behind a
     * word that says so, or joined to one ({@code base64url.bearer.authorization.k8s.io.x}), or just so.
     */
    private String protocols(String value) {
        StringBuilder masked = new StringBuilder(value.length());
        boolean announced = false;
        for (String part : value.split(",", -1)) {
            if (masked.length() > 0) masked.append(',');
            String protocol = part.strip();
            masked.append(part, 0, part.length() - part.stripLeading().length());
            masked.append(announced ? secret(protocol, SecretKind.AUTHORIZATION) : protocol(protocol));
            announced = isAnnouncement(protocol);
        }
        return masked.toString();
    }

    /** Whether the last word says that a secret comes next. */
    private boolean isAnnouncement(String protocol) {
        int word = protocol.length();
        while (word > 0 && Character.isLetter(protocol.charAt(word - 1))) word--;
        String last = protocol.substring(word);
        return last.length() <= 16 && (names.isSecret(last) || last.equalsIgnoreCase("basic"));
    }

    private String protocol(String protocol) {
        if (isAnnouncement(protocol)) return protocol;
        int cut = announcementEnd(protocol);
        if (cut > 0) return protocol.substring(0, cut) + secret(protocol.substring(cut), SecretKind.AUTHORIZATION);
        return looksRandom(protocol)
                ? secret(protocol, SecretKind.AUTHORIZATION)
                : text.mask(protocol, TextMask.Form.TEXT);
    }

    /** Behind {@code bearer.} or {@code base64url.bearer.authorization.k8s.io.}, or 0 where nothing is announced. */
    private int announcementEnd(String protocol) {
        int end = 0;
        for (int from = 0, i = 0; i < protocol.length() - 1; i++) {
            if (". |_-".indexOf(protocol.charAt(i)) < 0) continue;
            String word = protocol.substring(from, i);
            boolean announces = word.length() <= 16 && names.isSecret(word);
            if (announces || end > 0 && (word.equals("k8s") || word.equals("io"))) end = i + 1;
            else if (end > 0) break;
            from = i + 1;
        }
        return end;
    }

    /** Names of protocols are words and versions. */
    private static boolean looksRandom(String protocol) {
        if (protocol.length() < 20) return false;
        int digits = 0;
        int capitals = 0;
        for (int i = 0; i < protocol.length(); i++) {
            if (Character.isDigit(protocol.charAt(i))) digits++;
            if (Character.isUpperCase(protocol.charAt(i))) capitals++;
        }
        return digits > 2 || digits + capitals > 4;
    }
}
