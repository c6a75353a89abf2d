package io.tierdrill.profiler.stacks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folds what {@code perf script} prints, see {@code perf-script(1)}: a line for each sample, its frames below it from the
 * innermost outward, indented, and an empty line.
 *
 * <pre>
 * nginx  4711  3012.445566:   10101010 cpu-clock:
 *         7f3c1a2b4c18 write+0x18 (/usr/lib/x86_64-linux-gnu/libc.so.6)
 *             5581c0a0 ngx_writev+0x30 (/usr/sbin/nginx)
 *             5581d1b4 [unknown] (/usr/sbin/nginx)
 * </pre>
 */
public final class PerfScript {
    private static final Pattern FRAME = Pattern.compile("\\s+[0-9a-f]+ (.*?) \\((\\[.*|/.*|[^()]*)\\)\\s*");
    private static final Pattern OFFSET = Pattern.compile("\\+0x[0-9a-f]+$");
    private static final String UNKNOWN = "[unknown]";

    private PerfScript() {}

    /** Lines that are neither a sample nor a frame of one are skipped, as are samples without a frame. */
    public static FoldedStacks fold(Stream<String> lines) {
        var folded = new FoldedStacks.Builder();
        List<String> frames = new ArrayList<>();
        lines.forEachOrdered(line -> {
            Matcher frame = FRAME.matcher(line);
            if (frame.matches()) {
                frames.add(name(frame.group(1), frame.group(2)));
            } else {
                end(frames, folded);
            }
        });
        end(frames, folded);
        return folded.build();
    }

    private static void end(List<String> frames, FoldedStacks.Builder folded) {
        if (frames.isEmpty()) return;
        Collections.reverse(frames);
        folded.add(frames, 1);
        frames.clear();
    }

    /** What has no symbol is at least known by its file. */
    private static String name(String symbol, String object) {
        String plain = OFFSET.matcher(symbol.strip()).replaceAll("");
        if (!plain.equals(UNKNOWN)) return plain;
        return "[" + object.substring(object.lastIndexOf('/') + 1).replaceAll("[\\[\\]]", "") + "]";
    }
}
