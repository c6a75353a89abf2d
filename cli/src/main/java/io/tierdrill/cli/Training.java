package io.tierdrill.cli;

import io.tierdrill.load.practice.Responder;
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
 * What the launcher runs once for each build and JDK: an import, a replay of what it made, and some practice in
 * recording. Of it the JVM keeps the classes, and on newer JDKs what it has learned of their methods, so that later
 * commands are quick sooner.
 */
final class Training {
    private static final Duration LIVE = Duration.ofMillis(1500);

    private Training() {}

    /** @param args of an import, the trace last */
    public static void main(String[] args) throws IOException {
        int status = run(args);
        replay(args[args.length - 1]);
        LivePractice.run(
                RedactionConfig.defaults()
                        .withUser(UserKey.parse("cookie:session").orElseThrow()),
                LIVE,
                NanoClock.system());
        CaptureRecording.practise(CaptureOptions.defaults());
        System.exit(status);
    }

    private static int run(String... args) {
        return Main.run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
    }

    private static void replay(String trace) throws IOException {
        try (Responder responder = new Responder()) {
            String target = "http://127.0.0.1:" + responder.address().getPort();
            run("replay", trace, "--target", target, "--rate", "4000", "--duration", "3s");
        }
    }
}
