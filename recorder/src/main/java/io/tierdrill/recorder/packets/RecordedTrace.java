package io.tierdrill.recorder.packets;

import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.OrderedRecording;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.order.TraceOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests out of live packets into a recording; what that drops is accounted for as rejected. One thread. */
final class RecordedTrace implements TraceOrder.Sink {
    private final OrderedRecording recording;
    private final Tally tally;
    private Instant first;
    private long lastNanos;

    RecordedTrace(OrderedRecording recording, Tally tally) {
        this.recording = recording;
        this.tally = tally;
    }

    @Override
    public void write(PackedRequest request) {
        lastNanos = request.offsetNanos();
        if (first == null) first = instant(lastNanos);
        recording.write(request);
        tally.imported();
    }

    @Override
    public void write(PackedMessage message) {
        recording.write(message);
    }

    /** What became of everything; after the recording has ended. */
    CaptureAccount account(List<CaptureAccount.Input> inputs, long kernelDrops, LiveAccount ended) {
        Map<String, Long> rejected = tally.rejected();
        long notWritten = tally.importedSoFar() - ended.recorded();
        if (notWritten > 0) rejected.put(RejectReason.NOT_WRITTEN.word(), notWritten);
        long sum = rejected.values().stream().mapToLong(Long::longValue).sum();
        return new CaptureAccount(
                ended.recorded() + sum,
                ended.recorded(),
                rejected,
                tally.rejectPlaces(),
                inputs,
                tally.packets(kernelDrops),
                first,
                first == null ? null : instant(lastNanos),
                Map.of());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
