package io.tierdrill.recorder.packets;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Records in a process of its own, for a test to kill: {@code PORT TRACE}. */
final class RecordingChild {
    private RecordingChild() {}

    public static void main(String[] arguments) throws Exception {
        LiveCapture what = LiveCapture.of("lo", List.of(Integer.parseInt(arguments[0])));
        CaptureRecording.start(what, Path.of(arguments[1]), CaptureOptions.defaults(), Clock.systemUTC());
        System.out.println("READY");
        new CountDownLatch(1).await();
    }
}
