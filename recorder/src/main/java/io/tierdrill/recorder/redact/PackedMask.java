package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RecordEncoder;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.known.KnownParts;
import java.util.Arrays;
import java.util.Optional;

/**
 * Redacts and encodes packed requests part by part: what became of the same bytes before is what becomes of them now, as
 * pseudonyms depend on the key and the bytes alone. A request whose lines are known costs a few look-ups and copies; what
 * is not known is unpacked and goes the way of all requests. One thread.
 */
final class PackedMask {
    /** What the parts of a request, taken one by one, may become; see {@link Redaction}. */
    interface Parts {
        String client(String raw);

        /** Counted. */
        String pseudonym(String raw, SecretKind kind);

        /** Not counted. */
        String pseudonym(String raw);

        String text(String raw);

        String authority(String raw);

        Header header(Header raw);
    }

    private static final int PEER = 1;
    private static final int TARGET = 2;
    private static final int PATH = 3;
    private static final int HEADER = 4;

    /** An empty text is one byte: what should have told the user, and did not. */
    private static final int UNTOLD = 1;

    /** No secrets, no user. */
    private static final byte[] NO_NOTE = {0};

    private final Parts parts;
    private final UserOfRequest users;
    private final MaskedCounts counts;
    private final KnownParts memory = new KnownParts();
    /** What stands behind the user, which a part of it may tell. */
    private final RecordEncoder rest = new RecordEncoder();
    /** As it may be written; empty while no part has told one. */
    private final RecordEncoder user = new RecordEncoder();

    private final RecordEncoder note = new RecordEncoder();

    PackedMask(Parts parts, UserOfRequest users, MaskedCounts counts) {
        this.parts = parts;
        this.users = users;
        this.counts = counts;
    }

    /** Adds the request to what is encoded, as it may be written; it has no body. */
    void encode(PackedRequest raw, RecordEncoder out) {
        byte[] texts = raw.texts();
        int scheme = end(texts, 0, 2);
        int path = end(texts, scheme, 3);
        int at = end(texts, path, 1);
        user.cutTo(0);
        rest.cutTo(0);
        part(TARGET, texts, scheme, path, rest);
        part(PATH, texts, path, at, rest);
        if (raw.headers() > 0) rest.number(raw.headers());
        for (int i = 0; i < raw.headers(); i++) {
            int end = end(texts, at, 2);
            part(HEADER, texts, at, end, rest);
            at = end;
        }
        out.number(raw.offsetNanos());
        part(PEER, texts, 0, scheme, out);
        user(raw.user(), out);
        out.encoded(rest.bytes(), 0, rest.length());
        out.number(0);
        out.body(raw.body());
        out.response(raw.response());
    }

    /** Client and connection alone. */
    void encodePeer(byte[] peer, RecordEncoder out) {
        part(PEER, peer, 0, peer.length, out);
    }

    private static int end(byte[] texts, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) at = PackedRequest.end(texts, at);
        return at;
    }

    /** The first part that should tell has told, or the source of the requests may have. */
    private void user(String bySource, RecordEncoder out) {
        if (user.length() <= UNTOLD) {
            out.text(parts.pseudonym(bySource, SecretKind.USER));
            return;
        }
        counts.add(SecretKind.USER);
        out.encoded(user.bytes(), 0, user.length());
    }

    /** Adds a part as it may be written. Its note: how many secrets it holds, their kinds, and the user that it tells. */
    private void part(int kind, byte[] texts, int from, int to, RecordEncoder out) {
        if (!memory.find(kind, texts, from, to)) {
            make(kind, texts, from, to, out);
            return;
        }
        byte[] known = memory.bytes();
        int kinds = memory.noteFrom();
        out.encoded(known, memory.from(), kinds);
        told(known, kinds, memory.noteTo());
    }

    private void told(byte[] note, int from, int to) {
        int userFrom = from + 1 + note[from];
        if (note[from] > 0) counts.add(note, from + 1, userFrom);
        if (userFrom < to && user.length() == 0) user.encoded(note, userFrom, to);
    }

    private void make(int kind, byte[] texts, int from, int to, RecordEncoder out) {
        long[] before = counts.copy();
        int masked = out.length();
        Optional<String> told = mask(kind, texts, from, out);
        byte[] kinds = counts.since(before);
        byte[] note = note(kinds, told);
        if (user.length() == 0) user.encoded(note, 1 + kinds.length, note.length);
        if (kinds.length <= Byte.MAX_VALUE) memory.learn(texts, from, to, out.bytes(), masked, out.length(), note);
    }

    private byte[] note(byte[] kinds, Optional<String> told) {
        if (kinds.length == 0 && told.isEmpty()) return NO_NOTE;
        note.cutTo(0);
        note.encoded(new byte[] {(byte) kinds.length}, 0, 1);
        note.encoded(kinds, 0, kinds.length);
        told.ifPresent(user -> note.text(pseudonym(user)));
        return Arrays.copyOf(note.bytes(), note.length());
    }

    /** Not counted here, as another part may tell the user. */
    private String pseudonym(String user) {
        return user.isBlank() ? "" : parts.pseudonym(user);
    }

    /** Adds it, and answers the user that it tells. */
    private Optional<String> mask(int kind, byte[] texts, int from, RecordEncoder out) {
        String first = PackedRequest.text(texts, from);
        switch (kind) {
            case PEER -> {
                out.text(parts.client(first));
                out.text(parts.pseudonym(second(texts, from), SecretKind.CONNECTION));
            }
            case TARGET -> {
                int method = PackedRequest.end(texts, from);
                out.text(first);
                out.text(parts.text(PackedRequest.text(texts, method)));
                out.text(parts.authority(second(texts, method)));
            }
            case PATH -> {
                out.text(parts.text(first));
                return users.inPath(first);
            }
            default -> {
                Header raw = new Header(first, second(texts, from));
                Header masked = parts.header(raw);
                out.text(masked.name());
                out.text(masked.value());
                return users.inHeader(raw);
            }
        }
        return Optional.empty();
    }

    /** The text behind the one that begins there. */
    private static String second(byte[] texts, int from) {
        return PackedRequest.text(texts, PackedRequest.end(texts, from));
    }
}
