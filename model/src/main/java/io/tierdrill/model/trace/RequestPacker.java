package io.tierdrill.model.trace;

import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Packs requests one after the other. Keeps its working memory, and nothing else, between them. One thread. */
public final class RequestPacker {
    private static final int MOST_KEPT = 64 << 10;

    private RecordEncoder gathered = new RecordEncoder();
    private final RecordEncoder head = new RecordEncoder();
    private int count;

    /** Adds a header to those of the next {@link #headers}. */
    public void header(String name, String value) {
        gathered.text(name);
        gathered.text(value);
        count++;
    }

    /** The same where the name is a stretch of ASCII bytes. */
    public void header(byte[] name, int from, int to, String value) {
        gathered.content(name, from, to);
        gathered.text(value);
        count++;
    }

    /** The same where both are ASCII bytes. */
    public void header(byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        gathered.content(bytes, nameFrom, nameTo);
        gathered.content(bytes, valueFrom, valueTo);
        count++;
    }

    /** Those added since the last time. */
    public PackedHeaders headers() {
        if (count == 0) return PackedHeaders.NONE;
        PackedHeaders all = new PackedHeaders(Arrays.copyOf(gathered.bytes(), gathered.length()), count);
        forget();
        return all;
    }

    /** Forgets the headers that were added since the last {@link #headers}. */
    public void forget() {
        count = 0;
        gathered.cutTo(0);
        if (gathered.bytes().length > MOST_KEPT) gathered = new RecordEncoder();
    }

    /**
     * A request of which neither body nor response are known; see {@link RequestRecord} for the rest.
     *
     * @throws IllegalArgumentException for what a {@link RequestRecord} does not take either
     */
    public PackedRequest request(
            long offsetNanos,
            String client,
            String connection,
            String user,
            String scheme,
            String method,
            String authority,
            String path,
            PackedHeaders headers) {
        check(client, scheme, method, path);
        head.cutTo(0);
        head.text(client);
        head.text(connection);
        head.text(scheme);
        head.text(method);
        head.text(authority);
        head.text(path);
        byte[] texts = Arrays.copyOf(head.bytes(), head.length() + headers.bytes());
        System.arraycopy(headers.texts(), 0, texts, head.length(), headers.bytes());
        return new PackedRequest(offsetNanos, user, texts, headers.count(), Body.none(), Optional.empty());
    }

    /** Forgets headers that were added before. */
    public PackedRequest pack(RequestRecord request) {
        forget();
        List<Header> list = request.headers();
        for (int i = 0; i < list.size(); i++)
            header(list.get(i).name(), list.get(i).value());
        return request(
                        request.offsetNanos(),
                        request.client(),
                        request.connection(),
                        request.user(),
                        request.scheme(),
                        request.method(),
                        request.authority(),
                        request.path(),
                        headers())
                .with(request.body(), request.response());
    }

    private static void check(String client, String scheme, String method, String path) {
        if (client.isEmpty()) throw new IllegalArgumentException("client must not be empty");
        if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("dns"))
            throw new IllegalArgumentException("scheme must be http, https or dns, was '" + scheme + "'");
        if (method.isEmpty()) throw new IllegalArgumentException("method must not be empty");
        if (path.isEmpty()) throw new IllegalArgumentException("path must not be empty");
    }
}
