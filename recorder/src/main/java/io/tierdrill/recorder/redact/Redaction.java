package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RecordEncoder;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the secrets out of requests before they are written. The same secret becomes the same pseudonym wherever it
 * stands, so sessions, cardinality and cache keys survive; what is no secret stays as it came. One thread.
 */
public final class Redaction {
    /** Under this a masked trace tells which key it was, not the key. */
    public static final String KEY_NOTE = "redactionKey";

    private final RedactionConfig config;
    private final MaskedCounts counts = new MaskedCounts();
    private final Pseudonyms pseudonyms;
    private final UserOfRequest users;
    private final AddressMask addresses;
    private final TextMask text;
    private final HeaderMask headers;
    private final BodyMask bodies;
    private final PackedMask packed;

    private Redaction(RedactionConfig config) {
        this.config = config;
        this.pseudonyms = new Pseudonyms(config.key());
        SecretNames names = new SecretNames(config);
        this.users = new UserOfRequest(config.user());
        this.addresses = new AddressMask(config.clients(), pseudonyms);
        this.text = new TextMask(pseudonyms, names, counts);
        this.headers = new HeaderMask(text, names, addresses, pseudonyms, counts);
        this.bodies = new BodyMask(text, names, pseudonyms, counts);
        this.packed = new PackedMask(new PartByPart(), users, counts);
    }

    public static Redaction of(RedactionConfig config) {
        return new Redaction(config);
    }

    /** The request as it may be written. */
    public RequestRecord apply(RequestRecord raw) {
        String user = users.in(raw);
        if (!config.active()) return raw.user().equals(user) ? raw : kept(raw, user);
        Body body = bodies.mask(raw.body(), raw.headers());
        return new RequestRecord(
                raw.offsetNanos(),
                client(raw.client()),
                pseudonym(raw.connection(), SecretKind.CONNECTION),
                pseudonym(user, SecretKind.USER),
                raw.scheme(),
                text.mask(raw.method(), TextMask.Form.TEXT),
                authority(raw.authority()),
                text.mask(raw.path(), TextMask.Form.TEXT),
                headers(raw, body),
                body,
                raw.response());
    }

    /**
     * Encodes the request as it may be written: the same bytes as {@code out.write(apply(raw.record()))}, sooner. What
     * becomes of a body depends on headers, and the other way round; so requests with a body take the way of all others.
     */
    public void encode(PackedRequest raw, RecordEncoder out) {
        boolean bare = raw.body().size() == 0 && raw.body().sha256().isEmpty();
        if (config.active() && bare) packed.encode(raw, out);
        else out.write(apply(raw.record()));
    }

    /** Encodes client and connection of a {@link io.tierdrill.model.trace.PackedMessage} as they may be written. */
    public void encodePeer(byte[] peer, RecordEncoder out) {
        if (config.active()) packed.encodePeer(peer, out);
        else out.encoded(peer, 0, peer.length);
    }

    /**
     * Whether the fields of a request may be masked one by one: nobody looks for the user in the others. Then {@link
     * #client}, {@link #user}, {@link #authority} and {@link #header} do what is done to those fields of a request
     * without a body, and {@link #apply(String)} what is done to method and path.
     */
    public boolean isFieldwise() {
        return config.user().source() == UserKey.Source.NONE;
    }

    /** A text: a method, a path, or one of the trace's own header, such as the names of the files it was made of. */
    public String apply(String fact) {
        return config.active() ? text.mask(fact, TextMask.Form.TEXT) : fact;
    }

    /** What a trace's notes say of it. */
    public Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        notes.put("userFrom", config.user().toString());
        if (!config.active()) {
            notes.put("redaction", "None, as the user asked: secrets are in this file.");
            return notes;
        }
        notes.put("redaction", "Secrets became pseudonyms: HMAC-SHA256 under a key that is not in this file.");
        notes.put(KEY_NOTE, pseudonyms.keyId());
        notes.put("clientAddresses", config.clients().key());
        return notes;
    }

    /** Whether a trace with these notes was masked when it was written. */
    public static boolean wasApplied(Map<String, String> notes) {
        return notes.containsKey(KEY_NOTE);
    }

    /** How much of each kind was masked so far. */
    public Map<String, Long> masked() {
        return counts.all();
    }

    /** A place in the account of what is masked, for {@link #maskedSince}. */
    public long[] account() {
        return counts.copy();
    }

    /** What was masked since then, for {@link #maskedAgain}; empty where nothing was. */
    public byte[] maskedSince(long[] account) {
        return counts.since(account);
    }

    /** The same bytes came again and whoever asks knew what they become: the account is as if it had asked for that. */
    public void maskedAgain(byte[] since, int from, int to) {
        counts.add(since, from, to);
    }

    /** An address. */
    public String client(String raw) {
        if (!config.active()) return raw;
        String masked = addresses.mask(raw);
        if (!masked.equals(raw)) counts.add(SecretKind.CLIENT);
        return masked;
    }

    /**
     * The same for an address that is {@code 192.0.2.1} in ASCII, without a text being made of it.
     *
     * @param masked takes what it becomes, at most 15 bytes
     * @return how many; 0 where the address must go the other way
     */
    public int client(byte[] raw, int from, int to, byte[] masked) {
        if (!config.active()) return 0;
        int length = addresses.mask(raw, from, to, masked);
        if (length > 0 && !Arrays.equals(raw, from, to, masked, 0, length)) counts.add(SecretKind.CLIENT);
        return length;
    }

    /** A user that the source of the requests told. */
    public String user(String raw) {
        return config.active() ? pseudonym(raw, SecretKind.USER) : raw;
    }

    /** The same object where nothing was masked. */
    public Header header(Header raw) {
        return config.active() ? headers.mask(raw) : raw;
    }

    private String pseudonym(String raw, SecretKind kind) {
        if (raw.isEmpty()) return raw;
        counts.add(kind);
        return pseudonyms.of(raw);
    }

    /** Host and port. */
    public String authority(String raw) {
        if (!config.active()) return raw;
        return text.mask(raw, TextMask.Form.AUTHORITY);
    }

    private final class PartByPart implements PackedMask.Parts {
        @Override
        public String client(String raw) {
            return Redaction.this.client(raw);
        }

        @Override
        public String pseudonym(String raw, SecretKind kind) {
            return Redaction.this.pseudonym(raw, kind);
        }

        @Override
        public String pseudonym(String raw) {
            return pseudonyms.of(raw);
        }

        @Override
        public String text(String raw) {
            return text.mask(raw, TextMask.Form.TEXT);
        }

        @Override
        public String authority(String raw) {
            return Redaction.this.authority(raw);
        }

        @Override
        public Header header(Header raw) {
            return headers.mask(raw);
        }
    }

    /** The same list where nothing changed. The length that a header tells follows a body whose length changed. */
    private List<Header> headers(RequestRecord raw, Body body) {
        List<Header> before = raw.headers();
        boolean resized = body.size() != raw.body().size();
        List<Header> masked = null;
        for (int i = 0; i < before.size(); i++) {
            Header header = before.get(i);
            boolean length = resized && header.name().equalsIgnoreCase("content-length");
            Header after = length ? new Header(header.name(), Long.toString(body.size())) : headers.mask(header);
            if (masked == null && after != header) masked = new ArrayList<>(before);
            if (masked != null) masked.set(i, after);
        }
        return masked == null ? before : masked;
    }

    private static RequestRecord kept(RequestRecord raw, String user) {
        return new RequestRecord(
                raw.offsetNanos(),
                raw.client(),
                raw.connection(),
                user,
                raw.scheme(),
                raw.method(),
                raw.authority(),
                raw.path(),
                raw.headers(),
                raw.body(),
                raw.response());
    }
}
