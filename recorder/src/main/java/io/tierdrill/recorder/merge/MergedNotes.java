package io.tierdrill.recorder.merge;

import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.redact.Redaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of a trace made of others: what they all say, and who they were. */
final class MergedNotes {
    /** A recording that was rotated by the minute has thousands of pieces. */
    private static final int MOST_NAMED = 20;

    private MergedNotes() {}

    static Map<String, String> of(List<Path> paths, List<TraceHeader> headers) {
        Map<String, String> notes = new TreeMap<>(headers.get(0).notes());
        for (TraceHeader header : headers)
            notes.entrySet().removeIf(n -> !n.getValue().equals(header.notes().get(n.getKey())));
        // Several recordings were masked under several keys.
        String keys = headers.stream()
                .flatMap(h -> Stream.ofNullable(h.notes().get(Redaction.KEY_NOTE)))
                .distinct()
                .collect(Collectors.joining(" "));
        if (headers.stream().allMatch(h -> Redaction.wasApplied(h.notes()))) notes.put(Redaction.KEY_NOTE, keys);
        else notes.remove(Redaction.KEY_NOTE);
        notes.put("mergedFrom", Integer.toString(paths.size()));
        for (int i = 0; i < Math.min(MOST_NAMED, paths.size()); i++)
            notes.put(String.format("merged%02d", i + 1), described(paths.get(i), headers.get(i)));
        return notes;
    }

    static String source(List<Path> paths) {
        return "merge of " + paths.size() + " traces from " + paths.get(0).getFileName();
    }

    private static String described(Path path, TraceHeader header) {
        return path.getFileName() + ", from " + header.start() + ": " + header.source();
    }
}
