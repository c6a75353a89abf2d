package io.tierdrill.recorder.gor;

import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.KeptBody;
import io.tierdrill.recorder.fields.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The body behind a head, of which only a beginning may be there. */
final class Payload {
    private Payload() {}

    /**
     * What a request carried.
     *
     * @param kept index behind the last byte there is
     * @param length index behind the last byte there was
     * @throws Refused when bytes follow that belong to no request, as behind a separator that was damaged
     */
    static Body body(HttpMessage head, byte[] bytes, int kept, long length) throws Refused {
        long there = length - head.bodyFrom();
        if (head.isChunked()) return chunked(bytes, head.bodyFrom(), kept, there, length == kept);
        long told = HttpWords.first(head.headers(), "Content-Length")
                .flatMap(HttpWords::size)
                .orElse(0L);
        if (there > told && !isLineEnds(bytes, head.bodyFrom() + (int) Math.min(told, kept), kept))
            throw new Refused(Flaw.BYTES_BEHIND, "", text(bytes, head.bodyFrom() + (int) Math.min(told, kept), kept));
        boolean whole = kept - head.bodyFrom() >= told;
        if (!whole || told > KeptBody.MOST_BYTES) return KeptBody.ofSize(told);
        return KeptBody.of(Arrays.copyOfRange(bytes, head.bodyFrom(), head.bodyFrom() + (int) told));
    }

    /** Whether less is there than the head tells. */
    static boolean isCut(HttpMessage head, byte[] bytes, int kept, long length) {
        if (head.isChunked())
            return length == kept && dechunked(bytes, head.bodyFrom(), kept).isEmpty();
        long told = HttpWords.first(head.headers(), "Content-Length")
                .flatMap(HttpWords::size)
                .orElse(0L);
        return length - head.bodyFrom() < told;
    }

    /** How long the body of a response was; what its head tells wins over what was recorded of it. */
    static long size(HttpMessage head, byte[] bytes, int kept, long length) {
        long there = Math.max(0, length - head.bodyFrom());
        if (head.isChunked())
            return dechunked(bytes, head.bodyFrom(), kept)
                    .map(d -> (long) d.length)
                    .orElse(there);
        return HttpWords.first(head.headers(), "Content-Length")
                .flatMap(HttpWords::size)
                .orElse(there);
    }

    private static Body chunked(byte[] bytes, int from, int kept, long there, boolean all) {
        Optional<byte[]> whole = all ? dechunked(bytes, from, kept) : Optional.empty();
        return whole.map(KeptBody::of).orElseGet(() -> KeptBody.ofSize(there));
    }

    /** Empty when it does not end, or is none. */
    private static Optional<byte[]> dechunked(byte[] bytes, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(32, to - from));
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && bytes[end] != '\n') end++;
            int size = chunkSize(text(bytes, at, end));
            if (size < 0 || size > to - end - 1) return Optional.empty();
            if (size == 0) return Optional.of(out.toByteArray());
            out.write(bytes, end + 1, size);
            at = end + 1 + size;
            while (at < to && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
        }
        return Optional.empty();
    }

    private static int chunkSize(String line) {
        String size = line.split(";", 2)[0].strip();
        return size.matches("[0-9a-fA-F]{1,7}") ? Integer.parseInt(size, 16) : -1;
    }

    private static boolean isLineEnds(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) if (bytes[i] != '\r' && bytes[i] != '\n') return false;
        return true;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.max(0, Math.min(to - from, 100)), StandardCharsets.ISO_8859_1);
    }
}
