package io.tierdrill.recorder.har;

import io.tierdrill.recorder.fields.HttpUrl;
import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.Refused;

/**
 * Which connection carried an entry. Chrome writes a number of its own; Firefox writes the server's port, as the
 * standard allows, and that tells no connection from another.
 */
final class HarConnection {
    private HarConnection() {}

    /** Empty where it is not told. */
    static String of(JsonFields entry, HttpUrl url) throws Refused {
        String told = entry.optionalWord("connection").orElse("");
        return told.equals(port(url)) ? "" : told;
    }

    private static String port(HttpUrl url) {
        int colon = url.authority().lastIndexOf(':');
        if (colon > url.authority().lastIndexOf(']')) return url.authority().substring(colon + 1);
        return url.scheme().equals("https") ? "443" : "80";
    }
}
