package io.tierdrill.recorder.mirror;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.recorder.live.LiveRecording;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Where copies are handed in, from any connection. Thread-safe. */
final class MirrorDesk {
    private static final long MOST_NANOS_AGO = Duration.ofMinutes(1).toNanos();
    private static final long MOST_NANOS_AHEAD = Duration.ofSeconds(1).toNanos();

    private final MirrorConfig config;
    private final OriginalRequest original;
    private final LiveRecording recording;
    private final NanoClock clock;
    private final MirrorCounts counts = new MirrorCounts();
    private final AtomicLong bodyBudget;

    MirrorDesk(MirrorConfig config, LiveRecording recording, NanoClock clock) {
        this.config = config;
        this.original = new OriginalRequest(config);
        this.recording = recording;
        this.clock = clock;
        this.bodyBudget = new AtomicLong(config.allBodyBytes());
    }

    long nanos() {
        return clock.nanos();
    }

    MirrorCounts counts() {
        return counts;
    }

    BodyCopy newBody() {
        return new BodyCopy(config.bodyBytes(), bodyBudget);
    }

    /** The response is known to the proxy only. */
    void take(HttpRequest copy, long headNanos, String peer, Body body) {
        counts.copies.incrementAndGet();
        long offset = Math.max(0, begun(copy, headNanos));
        recording.begin(original.read(copy, offset, peer, body)).end(body, Optional.empty());
    }

    /** By the proxy's clock where that agrees with ours, roughly. */
    private long begun(HttpRequest copy, long headNanos) {
        var told = original.time(copy).map(recording::nanosAt);
        if (told.isEmpty()) return headNanos;
        long ago = headNanos - told.get();
        if (ago > MOST_NANOS_AGO || ago < -MOST_NANOS_AHEAD) {
            counts.timesNotBelieved.incrementAndGet();
            return headNanos;
        }
        return Math.min(headNanos, told.get());
    }

    static String addressOf(Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress peer)
            return peer.getAddress().getHostAddress();
        return "unknown";
    }
}
