package io.tierdrill.recorder.merge;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.files.InputCheck;
import io.tierdrill.recorder.files.Replacement;
import io.tierdrill.recorder.output.TraceOutput;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Merges traces by the time at which their requests arrived, whatever their headers take for zero. Traces are in order,
 * so memory holds one block of each. The trace appears whole or not at all.
 *
 * <p>Requests whose secrets were masked when they were recorded stay as they are, so that a pseudonym in the merged trace
 * is the one in its pieces. If any of the traces is not masked, all pass the redaction.
 */
public final class TraceMerge {
    private static final InputCheck.Noun NOUN = new InputCheck.Noun("trace", "trace", "a");
    private static final int PROGRESS_REQUESTS = 1 << 13;

    private final List<OpenTrace> traces = new ArrayList<>();
    private final PriorityQueue<OpenTrace> queue =
            new PriorityQueue<>(Comparator.comparingLong(OpenTrace::instant).thenComparingInt(OpenTrace::number));

    private TraceMerge() {}

    /**
     * Merges.
     *
     * @param output the merged trace; replaced when the merge succeeds
     * @param progress told every few thousand requests how many were written, on this thread
     * @throws BadInputException when a file is missing, or no trace, or out of order; then nothing is written. Damage
     *     within a trace is told in the account
     */
    public static MergeAccount run(List<Path> inputs, Path output, RedactionConfig redaction, LongConsumer progress)
            throws IOException, BadInputException {
        InputCheck.check(inputs, output, NOUN);
        TraceMerge merge = new TraceMerge();
        try {
            merge.open(inputs);
            return merge.write(inputs, output.toAbsolutePath(), redaction, progress);
        } finally {
            for (OpenTrace trace : merge.traces) trace.close();
        }
    }

    private void open(List<Path> inputs) throws IOException, BadInputException {
        Problems problems = new Problems();
        for (Path input : inputs) {
            try {
                traces.add(OpenTrace.open(input, traces.size()));
            } catch (BadInputException bad) {
                bad.problems().forEach(problems::add);
            }
        }
        problems.throwIfAny();
    }

    private MergeAccount write(List<Path> inputs, Path output, RedactionConfig redaction, LongConsumer progress)
            throws IOException, BadInputException {
        for (OpenTrace trace : traces) if (trace.advance()) queue.add(trace);
        List<TraceHeader> headers = traces.stream().map(OpenTrace::header).toList();
        boolean masked = headers.stream().allMatch(h -> Redaction.wasApplied(h.notes()));
        Instant start = queue.isEmpty()
                ? headers.get(0).start()
                : Instant.ofEpochSecond(0, queue.peek().instant());
        TraceHeader header = new TraceHeader(start, MergedNotes.source(inputs), MergedNotes.of(inputs, headers));
        Path part = Files.createTempFile(output.getParent(), ".tierdrill-", ".part");
        // Finally clauses do not run when the user ends the program; this does.
        part.toFile().deleteOnExit();
        try {
            long last;
            try (TraceOutput trace =
                    masked ? TraceOutput.ofMasked(part, header) : TraceOutput.create(part, header, redaction)) {
                trace.footer(new TraceFooter(dropped(), false));
                last = drain(trace, OpenTrace.epochNanos(start), progress);
            }
            Replacement.move(part, output);
            return account(!masked, start, last);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What all their recorders together could not write. */
    private Map<String, Long> dropped() {
        Map<String, Long> sum = new TreeMap<>();
        for (OpenTrace trace : traces) trace.dropped().forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }

    /** Answers when the last request arrived. */
    private long drain(TraceOutput output, long start, LongConsumer progress) throws IOException, BadInputException {
        long last = start;
        while (!queue.isEmpty()) {
            OpenTrace earliest = queue.poll();
            last = earliest.instant();
            if (earliest.next() instanceof RequestRecord request) output.write(request.at(last - start));
            else if (earliest.next() instanceof MessageRecord message)
                output.write(PackedMessage.of(message.at(last - start)));
            if (output.count() % PROGRESS_REQUESTS == 0) progress.accept(output.count());
            if (earliest.advance()) queue.add(earliest);
        }
        return last;
    }

    private MergeAccount account(boolean redacted, Instant start, long last) {
        List<MergeAccount.Input> inputs =
                traces.stream().map(OpenTrace::account).toList();
        long requests = inputs.stream().mapToLong(MergeAccount.Input::requests).sum();
        boolean none = requests == 0;
        return new MergeAccount(
                requests,
                requests,
                Map.of(),
                inputs,
                redacted,
                none ? null : start,
                none ? null : Instant.ofEpochSecond(0, last));
    }
}
