package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bodies: JSON, forms and plain text keep all but their secrets; anything else leaves its content out and keeps size and
 * a keyed digest. What became shorter is filled up at its end with what its type does not mind, so that the size stays.
 * One thread.
 */
final class BodyMask {
    private final TextMask text;
    private final JsonMask json;
    private final MultipartMask multipart;
    private final Pseudonyms pseudonyms;
    private final MaskedCounts counts;

    BodyMask(TextMask text, SecretNames names, Pseudonyms pseudonyms, MaskedCounts counts) {
        this.text = text;
        this.json = new JsonMask(text, names, pseudonyms, counts);
        this.multipart = new MultipartMask(text, names, pseudonyms, counts, this::bytesAsText);
        this.pseudonyms = pseudonyms;
        this.counts = counts;
    }

    Body mask(Body raw, List<Header> headers) {
        if (raw.bytes().length == 0) return raw.sha256().isEmpty() ? raw : leftOut(raw);
        String type = value(headers, "content-type");
        String coding = value(headers, "content-encoding");
        boolean whole = raw.size() == raw.bytes().length
                && (coding.isBlank() || coding.strip().equals("identity"));
        Optional<byte[]> masked = whole ? masked(type, raw.bytes()) : Optional.empty();
        if (masked.isEmpty()) {
            counts.add(SecretKind.BODY_LEFT_OUT);
            return leftOut(raw);
        }
        byte[] kept = filled(masked.get(), raw.bytes().length, filling(type));
        if (kept.length > raw.size()) counts.add(SecretKind.BODY_GROWN);
        return new Body(kept, kept.length, "");
    }

    /** A digest of low entropy is as good as what it is of, so it is keyed too; of a part there is none. */
    private Body leftOut(Body raw) {
        boolean whole = raw.bytes().length > 0 && raw.size() == raw.bytes().length;
        String plain = whole ? Digests.sha256Hex(raw.bytes()) : raw.sha256().toLowerCase(Locale.ROOT);
        String keyed = plain.isEmpty() ? "" : pseudonyms.digest(plain.getBytes(StandardCharsets.US_ASCII));
        return new Body(new byte[0], raw.size(), keyed);
    }

    private Optional<byte[]> masked(String type, byte[] bytes) {
        if (isMultipart(type))
            return multipart
                    .mask(type, new String(bytes, StandardCharsets.ISO_8859_1))
                    .map(s -> s.getBytes(StandardCharsets.ISO_8859_1));
        return text(bytes).flatMap(s -> text(type, s)).map(s -> s.getBytes(StandardCharsets.UTF_8));
    }

    /** For parts of multipart. */
    private Optional<String> bytesAsText(String type, String bytes) {
        return text(bytes.getBytes(StandardCharsets.ISO_8859_1))
                .flatMap(s -> text(type, s))
                .map(s -> new String(s.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private Optional<String> text(String type, String content) {
        String media = type.toLowerCase(Locale.ROOT);
        if (!charset(media)) return Optional.empty();
        if (isJson(media)) return json.mask(content);
        if (isForm(media)) return Optional.of(text.mask(content, TextMask.Form.PARAMETERS));
        if (media.startsWith("text/plain") || media.startsWith("application/graphql"))
            return Optional.of(json.mask(content).orElseGet(() -> text.mask(content, TextMask.Form.PARAMETERS)));
        return media.isBlank() ? json.mask(content) : Optional.empty();
    }

    /** Whether it is, or says nothing that is not, UTF-8. */
    private static boolean charset(String media) {
        int at = media.indexOf("charset=");
        return at < 0 || media.substring(at + 8).replace("\"", "").matches("(utf-?8|us-ascii)\\b.*");
    }

    private static boolean isJson(String media) {
        String bare = media.split(";", 2)[0].strip();
        return bare.endsWith("json") || bare.endsWith("ndjson") || bare.endsWith("jsonl");
    }

    private static boolean isForm(String media) {
        return media.startsWith("application/x-www-form-urlencoded");
    }

    private static boolean isMultipart(String type) {
        return type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Empty pairs mean nothing in a form, nor does space behind JSON, text or the last boundary. */
    private static byte filling(String type) {
        return (byte) (isForm(type.toLowerCase(Locale.ROOT)) ? '&' : ' ');
    }

    private static byte[] filled(byte[] kept, int size, byte filling) {
        if (kept.length >= size) return kept;
        byte[] filled = Arrays.copyOf(kept, size);
        Arrays.fill(filled, kept.length, size, filling);
        return filled;
    }

    private static Optional<String> text(byte[] bytes) {
        Charset utf8 = StandardCharsets.UTF_8;
        try {
            return Optional.of(utf8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    private static String value(List<Header> headers, String name) {
        for (Header header : headers) if (header.name().equalsIgnoreCase(name)) return header.value();
        return "";
    }
}
