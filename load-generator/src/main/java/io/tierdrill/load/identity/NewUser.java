package io.tierdrill.load.identity;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes a recorded request one of another user who does the same. Client, user and connection get a mark of the copy;
 * pseudonyms get the pseudonym of the copy, in cookies, other headers, path and body alike; the recorded client's
 * address and the user's key are replaced where a header tells them. So sticky balancers, sessions and caches by user see
 * new people. Lengths stay, but where a user's key is no pseudonym. Stateless.
 */
public final class NewUser {
    /** A user's key shorter than this would be found where something else is meant. */
    private static final int SHORTEST_KEY = 6;

    private NewUser() {}

    /** Parts of a mix and copies within them, as one number; zero for those recorded in the first part. */
    static long number(int part, int copy) {
        return (long) part << 32 | copy;
    }

    /**
     * The request as of somebody else.
     *
     * @param part which trace of a mix, from 0
     * @param copy which copy of its users, from 0 for the one recorded
     * @param dueNanos its new time
     */
    public static RequestRecord of(RequestRecord r, int part, int copy, long dueNanos) {
        if (part == 0 && copy == 0) return r.at(dueNanos);
        long number = number(part, copy);
        String mark = (part == 0 ? "" : "@" + part) + (copy == 0 ? "" : "~" + copy);
        return new RequestRecord(
                dueNanos,
                named(r.client(), number, mark),
                named(r.connection(), number, mark),
                named(r.user(), number, mark),
                r.scheme(),
                r.method(),
                r.authority(),
                user(Pseudonym.renamed(r.path(), number), r.user(), mark),
                headers(r, number, mark),
                body(r.body(), number),
                r.response());
    }

    private static String named(String identity, long number, String mark) {
        if (identity.isEmpty()) return identity;
        return Pseudonym.is(identity) ? Pseudonym.renamed(identity, number) : identity + mark;
    }

    private static List<Header> headers(RequestRecord r, long number, String mark) {
        List<Header> all = r.headers();
        List<Header> changed = null;
        for (int i = 0; i < all.size(); i++) {
            String value = all.get(i).value();
            String now = user(Pseudonym.renamed(value, number), r.user(), mark);
            if (tellsClient(all.get(i).name())) now = client(now, r.client(), mark);
            if (now.equals(value)) continue;
            if (changed == null) changed = new ArrayList<>(all);
            changed.set(i, new Header(all.get(i).name(), now));
        }
        return changed == null ? all : changed;
    }

    /** X-Forwarded-For, Forwarded, X-Real-IP, True-Client-IP, CF-Connecting-IP and their like. */
    private static boolean tellsClient(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.contains("forwarded") || name.endsWith("-ip");
    }

    private static String client(String text, String client, String mark) {
        if (!text.contains(client) || !ClientAddress.is(client)) return text;
        return replaced(text, client, ClientAddress.told(client + mark));
    }

    private static String user(String text, String user, String mark) {
        if (user.length() < SHORTEST_KEY || Pseudonym.is(user) || !text.contains(user)) return text;
        return replaced(text, user, user + mark);
    }

    /** Where it stands by itself, not as a part of a longer word or number. */
    private static String replaced(String text, String word, String by) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        int done = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            int end = at + word.length();
            boolean alone =
                    (at == 0 || !inWord(text.charAt(at - 1))) && (end == text.length() || !inWord(text.charAt(end)));
            if (!alone) continue;
            out.append(text, done, at).append(by);
            done = end;
        }
        return out.append(text, done, text.length()).toString();
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_';
    }

    private static Body body(Body body, long number) {
        if (body.bytes().length < Pseudonym.LENGTH) return body;
        String text = new String(body.bytes(), StandardCharsets.ISO_8859_1);
        String now = Pseudonym.renamed(text, number);
        return now.equals(text) ? body : new Body(now.getBytes(StandardCharsets.ISO_8859_1), body.size(), "");
    }
}
