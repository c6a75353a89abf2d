package io.tierdrill.recorder.live;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that records a load until it is killed or its time is over, and tells on standard output what it has begun:
 * lines {@code milliseconds requests}, and at its end the account. With a trace each request comes with a message.
 * Arguments: trace or folder, requests a second,
 * milliseconds to live, bytes of each body.
 */
final class RecordingChild {
    private static final long STEP_NANOS = 5_000_000;

    private RecordingChild() {}

    public static void main(String[] args) throws Exception {
        Path output = Path.of(args[0]);
        LiveConfig config = args[0].endsWith(".trace")
                ? LiveConfig.file(output, "a child")
                        .withRedaction(RedactionConfig.defaults().off())
                : LiveConfig.folder(output, "child", "a child")
                        .withRedaction(RedactionConfig.defaults().off())
                        .withRotation(new Rotation(400_000, Duration.ofHours(1)));
        NanoClock clock = NanoClock.system();
        try (LiveRecording recording = LiveRecording.start(config, clock, Clock.systemUTC())) {
            boolean messages = args[0].endsWith(".trace");
            load(
                    recording,
                    clock,
                    Long.parseLong(args[1]),
                    Long.parseLong(args[2]),
                    Integer.parseInt(args[3]),
                    messages);
            LiveAccount last = recording.finish();
            System.out.println("END " + last.begun() + " " + last.recorded() + " " + last.dropped());
        }
    }

    private static void load(
            LiveRecording recording, NanoClock clock, long perSecond, long millis, int bodyBytes, boolean messages) {
        long start = clock.nanos();
        long slowest = 0;
        long begun = 0;
        var chance = new io.tierdrill.model.seed.Seeds(3).stream("body");
        byte[] body = new byte[bodyBytes];
        for (long now = start; now - start < millis * 1_000_000; now = clock.nanos()) {
            for (long due = (now - start) / 1_000 * perSecond / 1_000_000; begun < due; begun++) {
                chance.nextBytes(body);
                long before = clock.nanos();
                var watched = recording.begin(Lab.request(before, "/items/" + begun));
                if (messages) recording.message(Lab.message(before, begun));
                // Every hundredth is a long poll that never ends.
                if (begun % 100 != 0) watched.end(Body.of(body.clone()), Optional.of(Lab.OK));
                slowest = Math.max(slowest, clock.nanos() - before);
            }
            System.out.println((clock.nanos() - start) / 1_000_000 + " " + begun);
            LockSupport.parkNanos(STEP_NANOS);
        }
        System.out.println("SLOWEST " + slowest / 1_000);
    }
}
