package io.tierdrill.recorder.live;

import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TrafficSink.Watched;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request on its way, and what is known of it so far. The carrier adds to it from its thread until the recording takes
 * it from its own; what comes later is ignored.
 */
final class Held extends Queued implements Watched {
    private static final Known NOTHING = new Known(Body.none(), Optional.empty(), false);
    private static final Known TAKEN = new Known(Body.none(), Optional.empty(), true);

    private final PackedRequest request;
    private final Intake intake;
    private final long weight;
    private final AtomicReference<Known> known = new AtomicReference<>(NOTHING);

    /**
     * What is known.
     *
     * @param over whether there is more to come
     */
    record Known(Body body, Optional<Response> response, boolean over) {}

    Held(PackedRequest request, long weight, Intake intake) {
        this.request = request;
        this.weight = weight;
        this.intake = intake;
    }

    @Override
    long offsetNanos() {
        return request.offsetNanos();
    }

    @Override
    long weight() {
        return weight + known.get().body().bytes().length;
    }

    @Override
    boolean over() {
        return known.get().over();
    }

    @Override
    public void received(Body body) {
        Known before = known.get();
        if (before == NOTHING) become(before, intake.admit(body), Optional.empty(), false);
    }

    @Override
    public void end(Body body, Optional<Response> response) {
        Known before = known.get();
        if (before.over()) return;
        Body known = before == NOTHING ? intake.admit(body) : before.body();
        become(before, known, response, true);
    }

    private void become(Known before, Body body, Optional<Response> response, boolean over) {
        boolean late = !known.compareAndSet(before, new Known(body, response, over));
        if (late && before == NOTHING) intake.release(body);
    }

    @Override
    void write(TraceFiles files, Counts counts) {
        long whole = weight();
        files.write(take(counts), whole);
    }

    @Override
    void drop(Counts counts, DropReason reason) {
        counts.requests.drop(reason);
    }

    private PackedRequest take(Counts counts) {
        Known last = known.getAndSet(TAKEN);
        if (!last.over()) counts.writtenEarly.increment();
        intake.left(weight + last.body().bytes().length);
        return request.with(last.body(), last.response());
    }
}
