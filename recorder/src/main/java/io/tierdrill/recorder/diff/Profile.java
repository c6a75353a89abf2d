package io.tierdrill.recorder.diff;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.websocket.Side;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of a trace: counts by method, status and path, gaps, sizes, and one number for the order of each user's
 * requests. Memory grows with the users (some hundred bytes each) and, up to a bound, with the paths, not with the
 * requests. One thread.
 */
final class Profile {
    /** Paths told by name; further ones are counted together with others of the same hash. */
    private static final int MOST_PATHS = 200_000;

    private static final int HASHED_PATHS = 1 << 16;

    final Map<String, Long> methods = new TreeMap<>();
    final Map<String, Long> statuses = new TreeMap<>();
    final Map<String, Long> paths = new HashMap<>();
    final Map<String, UserOrder> users = new HashMap<>();
    final Gaps gaps = new Gaps();
    final Gaps userGaps = new Gaps();
    final Messages fromClients = new Messages();
    final Messages fromServers = new Messages();
    long requests;
    long requestBytes;
    long responseBytes;
    Optional<String> damage = Optional.empty();
    private long first;
    private long last;

    static Profile of(TraceReader trace) {
        Profile profile = new Profile();
        while (trace.hasNextEntry()) {
            TraceEntry entry = trace.nextEntry();
            if (entry instanceof RequestRecord request) profile.add(request);
            else if (entry instanceof MessageRecord message) profile.add(message);
        }
        profile.damage = trace.damage();
        return profile;
    }

    static Profile of(Iterator<RequestRecord> records) {
        Profile profile = new Profile();
        records.forEachRemaining(profile::add);
        return profile;
    }

    /** From the first to the last request, in nanoseconds. */
    long span() {
        return last - first;
    }

    /** Whose order is looked at: the user, or where none is told the client. */
    static String userOf(RequestRecord request) {
        return request.user().isEmpty() ? request.client() : request.user();
    }

    /** What stands in an order. */
    static String step(RequestRecord request) {
        return request.method() + " " + request.path();
    }

    /** Text and binary messages of one side. Pings, pongs and closes come and go with the network's moods. */
    static final class Messages {
        long count;
        long bytes;
    }

    private void add(MessageRecord message) {
        if (message.opcode().isControl()) return;
        Messages side = message.from() == Side.CLIENT ? fromClients : fromServers;
        side.count++;
        side.bytes += message.bytes();
    }

    private void add(RequestRecord request) {
        if (requests++ == 0) first = request.offsetNanos();
        else gaps.add(request.offsetNanos() - last);
        last = request.offsetNanos();
        methods.merge(request.method(), 1L, Long::sum);
        statuses.merge(status(request), 1L, Long::sum);
        paths.merge(pathKey(request.path()), 1L, Long::sum);
        requestBytes += request.body().size();
        responseBytes +=
                request.response().flatMap(RequestRecord.Response::bytes).orElse(0L);
        UserOrder user = users.computeIfAbsent(userOf(request), u -> new UserOrder());
        user.gapTo(request.offsetNanos()).ifPresent(userGaps::add);
        user.add(step(request).getBytes(StandardCharsets.UTF_8), request.offsetNanos());
    }

    private String pathKey(String path) {
        if (paths.size() < MOST_PATHS || paths.containsKey(path)) return path;
        return "(others) " + Integer.toHexString(path.hashCode() & HASHED_PATHS - 1);
    }

    private static String status(RequestRecord request) {
        return request.response().map(r -> r.status() / 100 + "xx").orElse("none");
    }
}
