package io.tierdrill.cli;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LivePractice;
import io.tierdrill.recorder.packets.CaptureOptions;
import io.tierdrill.recorder.packets.CaptureRecording;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.redact.UserKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * What the launcher runs once for each build and JDK: a command, and some practice in recording. Of it the JVM keeps the
 * classes, and on newer JDKs what it has learned of their methods, so that later commands are quick sooner.
 */
final class Training {
    private static final Duration LIVE = Duration.ofMillis(1500);

    private Training() {}

    /** @param args of the command */
    public static void main(String[] args) throws IOException {
        int status = Main.run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
        LivePractice.run(
                RedactionConfig.defaults()
                        .withUser(UserKey.parse("cookie:session").orElseThrow()),
                LIVE,
                NanoClock.system());
        CaptureRecording.practise(CaptureOptions.defaults());
        System.exit(status);
    }
}
