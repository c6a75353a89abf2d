package io.tierdrill.profiler.stacks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Folds a recording of the JDK Flight Recorder. Samples of processor time are taken where there are any. */
public final class JfrStacks {
    private static final String CPU_TIME = "jdk.CPUTimeSample";
    private static final String LOST = "jdk.CPUTimeSamplesLost";
    private static final String RUNNING = "jdk.ExecutionSample";
    private static final String NATIVE = "jdk.NativeMethodSample";

    /** A thread that rests in one of these is in native code and uses no processor; the event cannot tell. */
    private static final Set<String> RESTING = Set.of(
            "epollWait",
            "epollWait0",
            "epollBusyWait",
            "ioUringEnter",
            "kevent",
            "wait",
            "wait0",
            "park",
            "poll",
            "accept",
            "accept0",
            "readBytes",
            "waitForProcessExit0");

    /** Hidden classes carry an address that no two processes share: {@code Foo$$Lambda/0x00007f.run}. */
    private static final Pattern ADDRESS = Pattern.compile("(\\$\\$Lambda|LambdaForm\\$[A-Z]+).*");

    private JfrStacks() {}

    /**
     * Stacks of a time.
     *
     * @param samples of which kind they are
     * @param lost samples that the recorder says it could not keep
     */
    public record Folded(FoldedStacks stacks, Sampling sampling, long lost) {}

    /**
     * Reads a recording, and of it the samples that began at {@code from} or later and before {@code to}.
     *
     * @throws IOException where the file is missing, cut short or no recording
     */
    public static Folded read(Path recording, Instant from, Instant to) throws IOException {
        var cpuTime = new FoldedStacks.Builder();
        var running = new FoldedStacks.Builder();
        boolean timed = false;
        long lost = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getStartTime().isBefore(from) || !event.getStartTime().isBefore(to)) continue;
                switch (event.getEventType().getName()) {
                    case CPU_TIME -> {
                        timed = true;
                        cpuTime.add(frames(event.getStackTrace()), 1);
                    }
                    case LOST -> lost += event.getLong("lostSamples");
                    case RUNNING -> running.add(frames(event.getStackTrace()), 1);
                    case NATIVE -> {
                        if (!rests(event.getStackTrace())) running.add(frames(event.getStackTrace()), 1);
                    }
                    default -> {
                        // Settings of the recording and the like.
                    }
                }
            }
        }
        return timed
                ? new Folded(cpuTime.build(), Sampling.CPU_TIME, lost)
                : new Folded(running.build(), Sampling.RUNNING, 0);
    }

    /** Outermost first. */
    private static List<String> frames(RecordedStackTrace stack) {
        if (stack == null || stack.getFrames().isEmpty()) return List.of("[stack not readable]");
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : stack.getFrames()) frames.add(name(frame));
        if (stack.isTruncated()) frames.add("[deeper than was recorded]");
        Collections.reverse(frames);
        return frames;
    }

    private static boolean rests(RecordedStackTrace stack) {
        return stack != null
                && !stack.getFrames().isEmpty()
                && RESTING.contains(stack.getFrames().get(0).getMethod().getName());
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return plain(type) + "." + frame.getMethod().getName();
    }

    static String plain(String type) {
        return ADDRESS.matcher(type).replaceAll("$1");
    }
}
