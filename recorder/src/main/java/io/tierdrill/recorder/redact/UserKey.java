package io.tierdrill.recorder.redact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request tells its user.
 *
 * @param source which part of it
 * @param name of the header, cookie or parameter, or the claim of the token; empty for {@link Source#NONE}
 * @param cookie that holds the token, where {@code Authorization} does not
 */
public record UserKey(Source source, String name, Optional<String> cookie) {
    /** The source of the requests tells the user, or nobody does. */
    public static final UserKey NONE = new UserKey(Source.NONE, "", Optional.empty());

    /** For messages. */
    public static final String ALLOWED =
            "header:NAME, cookie:NAME, query:NAME, jwt:CLAIM, jwt:CLAIM@cookie:NAME or none";

    private static final Pattern FORM = Pattern.compile("(?i)(header|cookie|query|jwt):([^\\s:=;,]+)");
    private static final Pattern IN_COOKIE = Pattern.compile("(?i)jwt:([^\\s=;,]+)@cookie:([^\\s:=;,]+)");

    /** Parts of a request. */
    public enum Source {
        NONE,
        HEADER,
        COOKIE,
        QUERY,
        JWT
    }

    public UserKey {
        if ((source == Source.NONE) != name.isEmpty())
            throw new IllegalArgumentException("name must be given, except for NONE; was \"" + name + "\"");
        if (cookie.isPresent() && source != Source.JWT)
            throw new IllegalArgumentException("cookie is for JWT only, source was " + source);
    }

    /** Reads one of the forms {@link #ALLOWED}; empty for anything else. */
    public static Optional<UserKey> parse(String text) {
        if (text.equalsIgnoreCase("none")) return Optional.of(NONE);
        Matcher inCookie = IN_COOKIE.matcher(text);
        if (inCookie.matches())
            return Optional.of(new UserKey(Source.JWT, inCookie.group(1), Optional.of(inCookie.group(2))));
        Matcher form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        Source source = Source.valueOf(form.group(1).toUpperCase(Locale.ROOT));
        return Optional.of(new UserKey(source, form.group(2), Optional.empty()));
    }

    /** As people write it. */
    @Override
    public String toString() {
        if (source == Source.NONE) return "none";
        return source.name().toLowerCase(Locale.ROOT) + ":" + name
                + cookie.map(c -> "@cookie:" + c).orElse("");
    }
}
