package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RecordEncoder;
import io.tierdrill.model.trace.RequestRecord.Header;
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

    private final Parts parts;
    private final UserOfRequest users;
    private final MaskedCounts counts;
    private final KnownParts memory;
    private final RecordEncoder scratch = new RecordEncoder();
    private KnownParts.Part[] headers = new KnownParts.Part[64];

    PackedMask(Parts parts, UserOfRequest users, MaskedCounts counts, KnownParts memory) {
        this.parts = parts;
        this.users = users;
        this.counts = counts;
        this.memory = memory;
    }

    /** Adds the request to what is encoded, as it may be written; it has no body. */
    void encode(PackedRequest raw, RecordEncoder out) {
        byte[] texts = raw.texts();
        int scheme = end(texts, 0, 2);
        int path = end(texts, scheme, 3);
        int at = end(texts, path, 1);
        KnownParts.Part peer = part(PEER, texts, 0, scheme);
        KnownParts.Part target = part(TARGET, texts, scheme, path);
        KnownParts.Part place = part(PATH, texts, path, at);
        String user = place.user();
        KnownParts.Part[] lines = headers(raw.headers());
        for (int i = 0; i < raw.headers(); i++) {
            int end = end(texts, at, 2);
            lines[i] = part(HEADER, texts, at, end);
            if (user == null) user = lines[i].user();
            at = end;
        }
        out.number(raw.offsetNanos());
        peer.encode(out);
        user(user, raw, out);
        target.encode(out);
        place.encode(out);
        if (raw.headers() > 0) out.number(raw.headers());
        for (int i = 0; i < raw.headers(); i++) lines[i].encode(out);
        out.number(0);
        out.body(raw.body());
        out.response(raw.response());
    }

    /** Client and connection alone. */
    void encodePeer(byte[] peer, RecordEncoder out) {
        part(PEER, peer, 0, peer.length).encode(out);
    }

    private static int end(byte[] texts, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) at = PackedRequest.end(texts, at);
        return at;
    }

    private KnownParts.Part[] headers(int count) {
        return count <= headers.length ? headers : new KnownParts.Part[count];
    }

    /** @param told by the first part that should, or null; where it told none, the source of the requests may have */
    private void user(String told, PackedRequest raw, RecordEncoder out) {
        if (told == null || told.isEmpty()) {
            out.text(parts.pseudonym(raw.user(), SecretKind.USER));
            return;
        }
        counts.add(SecretKind.USER);
        out.text(told);
    }

    private KnownParts.Part part(int kind, byte[] texts, int from, int to) {
        long hash = KnownParts.hash(kind, texts, from, to);
        KnownParts.Part known = memory.find(kind, hash, texts, from, to);
        if (known != null) {
            counts.add(known.kinds());
            return known;
        }
        long[] before = counts.copy();
        scratch.cutTo(0);
        Optional<String> user = mask(kind, texts, from);
        byte[] kinds = counts.since(before);
        return memory.made(
                kind,
                hash,
                texts,
                from,
                to,
                scratch,
                kinds,
                user.map(this::pseudonym).orElse(null));
    }

    /** Not counted here, as another part may tell the user. */
    private String pseudonym(String user) {
        return user.isBlank() ? "" : parts.pseudonym(user);
    }

    /** Into {@link #scratch}; answers the user that the part tells. */
    private Optional<String> mask(int kind, byte[] texts, int from) {
        String first = PackedRequest.text(texts, from);
        switch (kind) {
            case PEER -> {
                scratch.text(parts.client(first));
                scratch.text(parts.pseudonym(second(texts, from), SecretKind.CONNECTION));
            }
            case TARGET -> {
                int method = PackedRequest.end(texts, from);
                scratch.text(first);
                scratch.text(parts.text(PackedRequest.text(texts, method)));
                scratch.text(parts.authority(second(texts, method)));
            }
            case PATH -> {
                scratch.text(parts.text(first));
                return users.inPath(first);
            }
            default -> {
                Header raw = new Header(first, second(texts, from));
                Header masked = parts.header(raw);
                scratch.text(masked.name());
                scratch.text(masked.value());
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
