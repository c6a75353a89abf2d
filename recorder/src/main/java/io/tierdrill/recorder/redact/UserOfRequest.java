package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the user out of a request as it came. A token is decoded, not verified: whoever forges one is another user here,
 * which is all that replay needs. One thread.
 */
final class UserOfRequest {
    private static final int MOST_TOKEN_LENGTH = 16 << 10;

    private final UserKey key;
    private final JsonMapper json = JsonMapper.builder().build();

    UserOfRequest(UserKey key) {
        this.key = key;
    }

    /** As it came, or what the source of the requests told, or empty where neither tells. */
    String in(RequestRecord raw) {
        Optional<String> user = inPath(raw.path());
        for (int i = 0; user.isEmpty() && i < raw.headers().size(); i++)
            user = inHeader(raw.headers().get(i));
        return user.filter(u -> !u.isBlank()).orElse(raw.user());
    }

    /** What the path tells; empty where it is not for it to tell. */
    Optional<String> inPath(String path) {
        return key.source() == UserKey.Source.QUERY ? parameter(path, key.name()) : Optional.empty();
    }

    /** What a header tells, a blank text where it should but does not; empty where it is not for it to tell. */
    Optional<String> inHeader(Header header) {
        return switch (key.source()) {
            case NONE, QUERY -> Optional.empty();
            case HEADER -> value(header, key.name()).map(String::strip);
            case COOKIE -> value(header, "cookie").flatMap(cookies -> cookie(cookies, key.name()));
            case JWT -> token(header).map(token -> claim(token).orElse(""));
        };
    }

    private static Optional<String> value(Header header, String name) {
        return header.name().equalsIgnoreCase(name) ? Optional.of(header.value()) : Optional.empty();
    }

    /** A blank one where there are credentials, but no token. */
    private Optional<String> token(Header header) {
        if (key.cookie().isPresent())
            return value(header, "cookie")
                    .flatMap(cookies -> cookie(cookies, key.cookie().get()));
        return value(header, "authorization")
                .map(v -> v.regionMatches(true, 0, "bearer ", 0, 7)
                        ? v.substring(7).strip()
                        : "");
    }

    private static Optional<String> cookie(String cookies, String name) {
        int from = 0;
        while (from < cookies.length()) {
            int semicolon = cookies.indexOf(';', from);
            int to = semicolon < 0 ? cookies.length() : semicolon;
            while (from < to && Character.isWhitespace(cookies.charAt(from))) from++;
            int equals = cookies.indexOf('=', from);
            boolean named = equals > from && equals < to && cookies.startsWith(name, from);
            if (named && cookies.substring(from + name.length(), equals).isBlank())
                return Optional.of(HeaderMask.unquoted(cookies.substring(equals + 1, to)));
            from = to + 1;
        }
        return Optional.empty();
    }

    private static Optional<String> parameter(String path, String name) {
        int mark = path.indexOf('?');
        if (mark < 0) return Optional.empty();
        int end = path.indexOf('#', mark);
        for (String pair :
                path.substring(mark + 1, end < 0 ? path.length() : end).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && Layer.fullyDecoded(pair.substring(0, equals), 1).equals(name))
                return Optional.of(Layer.fullyDecoded(pair.substring(equals + 1), TextMask.MOST_LAYERS));
        }
        return Optional.empty();
    }

    /** By its name as it stands, else with its dots as a way down. */
    private Optional<String> claim(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length < 2 || token.length() > MOST_TOKEN_LENGTH) return Optional.empty();
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1].replace("=", ""));
            JsonNode claims = json.readTree(new String(payload, StandardCharsets.UTF_8));
            JsonNode claim = claims.path(key.name());
            if (claim.isMissingNode()) {
                claim = claims;
                for (String step : List.of(key.name().split("\\."))) claim = claim.path(step);
            }
            return claim.isString() || claim.isNumber() ? Optional.of(claim.asString()) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException noToken) {
            return Optional.empty();
        }
    }
}
