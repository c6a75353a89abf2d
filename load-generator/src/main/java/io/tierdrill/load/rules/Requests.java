package io.tierdrill.load.rules;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.List;

/** Changed copies of requests. What comes out is a request line and headers that can be written, whatever went in. */
final class Requests {
    private Requests() {}

    static RequestRecord changed(RequestRecord r, String authority, String path, List<Header> headers) {
        return changed(r, authority, path, headers, r.body());
    }

    static RequestRecord changed(RequestRecord r, String authority, String path, List<Header> headers, Body body) {
        return new RequestRecord(
                r.offsetNanos(),
                r.client(),
                r.connection(),
                r.user(),
                r.scheme(),
                r.method(),
                authority,
                path,
                headers,
                body,
                r.response());
    }

    /** A path in origin form: it starts with a slash, and has no blanks or control characters. */
    static String origin(String path) {
        StringBuilder clean = new StringBuilder(path.length() + 1);
        if (!path.startsWith("/")) clean.append('/');
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c == 0x7f) clean.append(Template.url(String.valueOf(c)));
            else clean.append(c);
        }
        return clean.toString();
    }

    /** At the place of the first of this name, in the recorded case; at the end where there was none. */
    static void setHeader(List<Header> headers, String name, String value) {
        boolean done = false;
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).name().equalsIgnoreCase(name)) continue;
            if (done) headers.remove(i--);
            else headers.set(i, new Header(headers.get(i).name(), value));
            done = true;
        }
        if (!done) headers.add(new Header(name, value));
    }
}
