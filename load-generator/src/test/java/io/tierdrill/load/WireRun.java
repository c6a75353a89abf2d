package io.tierdrill.load;

import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A run on real sockets for tests of what goes over the wire: requests, settings, then {@link #against}. */
final class WireRun {
    static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final List<ScheduledRequest> requests = new ArrayList<>();
    private InjectorConfig config =
            InjectorConfig.defaults().with(InjectorConfig.defaults().machinery().with(Transport.NETTY));
    private NanoClock clock;
    private Consumer<RequestSample> told = sample -> {};
    final List<RequestSample> samples = new CopyOnWriteArrayList<>();

    WireRun with(Layout.Mode mode, int size) {
        config = config.with(new Layout(mode, size));
        return this;
    }

    WireRun with(WireConfig wire) {
        config = config.with(wire);
        return this;
    }

    WireRun with(InjectorConfig other) {
        config = other;
        return this;
    }

    /** A clock that is moved by hand, or by whom it wants. */
    WireRun on(NanoClock other) {
        clock = other;
        return this;
    }

    WireRun telling(Consumer<RequestSample> other) {
        told = other;
        return this;
    }

    InjectorConfig config() {
        return config;
    }

    WireRun get(long dueMillis, String client, String path) {
        return request(dueMillis, client, "", "", "GET", path, Body.none(), Optional.empty());
    }

    /** Recorded to have taken so long. */
    WireRun get(long dueMillis, String user, String path, long tookMillis) {
        var response = new Response(200, Optional.empty(), Optional.of(tookMillis * MILLI));
        return request(dueMillis, user, "", user, "GET", path, Body.none(), Optional.of(response));
    }

    WireRun on(long dueMillis, String client, String connection, String path) {
        return request(dueMillis, client, connection, "", "GET", path, Body.none(), Optional.empty());
    }

    /** What becomes of the connection of the request said last. */
    WireRun then(Reuse reuse) {
        ScheduledRequest last = requests.remove(requests.size() - 1);
        requests.add(new ScheduledRequest(last.dueNanos(), last.request(), reuse));
        return this;
    }

    WireRun post(long dueMillis, String client, String path, Body body) {
        return request(dueMillis, client, "", "", "POST", path, body, Optional.empty());
    }

    WireRun request(
            long dueMillis,
            String client,
            String connection,
            String user,
            String method,
            String path,
            Body body,
            Optional<Response> response) {
        return request(new RequestRecord(
                dueMillis * MILLI, client, connection, user, "http", method, "", path, List.of(), body, response));
    }

    WireRun withHeaders(long dueMillis, String client, String path, List<Header> headers) {
        return request(new RequestRecord(
                dueMillis * MILLI, client, "", "", "http", "GET", "", path, headers, Body.none(), Optional.empty()));
    }

    WireRun request(RequestRecord request) {
        requests.add(new ScheduledRequest(request.offsetNanos(), request));
        return this;
    }

    Injection against(Target target) throws Exception {
        NanoClock system = NanoClock.system();
        NanoClock used = clock == null ? system.since(system.nanos() + 100 * MILLI) : clock;
        Injector injector = new Injector(config, used, sample -> {
            samples.add(sample);
            told.accept(sample);
        });
        return injector.run(new Listed(requests.iterator()), target, 0, Optional.empty());
    }

    /** How each ended, in the order they were due. */
    List<Outcome> outcomes() {
        return samples.stream()
                .sorted(Comparator.comparingLong(RequestSample::dueNanos))
                .map(RequestSample::outcome)
                .toList();
    }

    private record Listed(Iterator<ScheduledRequest> requests) implements Schedule {
        @Override
        public long plannedNanos() {
            return 10 * SECOND;
        }

        @Override
        public boolean hasNext() {
            return requests.hasNext();
        }

        @Override
        public ScheduledRequest next() {
            return requests.next();
        }

        @Override
        public void close() {}
    }
}
