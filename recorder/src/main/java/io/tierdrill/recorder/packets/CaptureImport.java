package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.files.InputCheck;
import io.tierdrill.recorder.files.Replacement;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns packet captures into a trace: the HTTP/1.x requests with their responses and latencies, and the DNS questions.
 * Several captures are merged by time. Memory is bounded by the {@link CaptureOptions}. The trace appears whole or not at
 * all. Stateless.
 */
public final class CaptureImport {
    private static final int PROGRESS_PACKETS = 1 << 13;

    private final Consumer<CaptureProgress> progress;
    private final CaptureOptions options;
    private final KeyLog keys;
    private final Tally tally = new Tally();

    private CaptureImport(CaptureOptions options, KeyLog keys, Consumer<CaptureProgress> progress) {
        this.options = options;
        this.keys = keys;
        this.progress = progress;
    }

    /** Imports without telling how far it is. */
    public static CaptureAccount run(List<Path> inputs, Path output, CaptureOptions options)
            throws IOException, BadInputException {
        return run(inputs, output, options, silently -> {});
    }

    /**
     * Imports.
     *
     * @param inputs captures in pcap or pcapng, plain or gzip, in any order
     * @param output the trace; replaced when the import succeeds
     * @param progress told every few thousand packets, on this thread
     * @throws BadInputException when a file is missing or foreign, or when there is no request at all; then no trace is
     *     written. A cut or damaged capture is no such case: it is read as far as it goes, and the account tells
     */
    public static CaptureAccount run(
            List<Path> inputs, Path output, CaptureOptions options, Consumer<CaptureProgress> progress)
            throws IOException, BadInputException {
        KeyLog keys =
                options.tlsKeys().isPresent() ? KeyLog.of(options.tlsKeys().get()) : KeyLog.empty();
        InputCheck.check(inputs, output, new InputCheck.Noun("capture", "packet capture", "a"));
        return new CaptureImport(options, keys, progress).run(inputs, output.toAbsolutePath());
    }

    /** To a file beside the output first, so that nobody ever sees half a trace. */
    private CaptureAccount run(List<Path> inputs, Path output) throws IOException, BadInputException {
        Path part = Files.createTempFile(output.getParent(), ".tierdrill-", ".part");
        // Finally clauses do not run when the user ends the program; this does.
        part.toFile().deleteOnExit();
        try {
            CaptureAccount account = write(inputs, part);
            refuseIfEmpty(account);
            Replacement.move(part, output);
            return account;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private CaptureAccount write(List<Path> inputs, Path part) throws IOException, BadInputException {
        try (CaptureMerge captures = CaptureMerge.open(inputs, keys);
                LazyTrace trace = new LazyTrace(
                        part, source(inputs), options.http().bodyBytes() > 0, options.redaction(), tally)) {
            read(captures, new PacketPipeline(options, tally, keys, trace), totalBytes(inputs));
            return account(captures.readers(), trace);
        }
    }

    private void read(CaptureMerge captures, PacketPipeline pipeline, double bytes) throws IOException {
        captures.drain((Frame frame) -> {
            pipeline.take(frame);
            if (tally.packetsSeen() % PROGRESS_PACKETS != 0) return;
            long position = captures.readers().stream()
                    .mapToLong(CaptureReader::position)
                    .sum();
            progress.accept(new CaptureProgress(tally.packetsSeen(), Math.min(1, position / bytes)));
        });
        pipeline.finish();
    }

    private CaptureAccount account(List<CaptureReader> readers, LazyTrace trace) {
        List<CaptureAccount.Input> inputs = new ArrayList<>();
        long drops = 0;
        for (CaptureReader r : readers) {
            inputs.add(new CaptureAccount.Input(
                    r.name(), r.format().word(), r.frames(), r.damage().orElse("")));
            drops += r.drops();
        }
        return trace.account(inputs, drops);
    }

    private static void refuseIfEmpty(CaptureAccount account) throws BadInputException {
        if (account.imported() > 0) return;
        String text = CaptureText.of(account).strip().replace(System.lineSeparator(), System.lineSeparator() + "  ");
        throw new BadInputException(new Problem(
                account.inputs().get(0).file(),
                "",
                "found no request in " + account.packets().seen() + " packets",
                text));
    }

    private static double totalBytes(List<Path> inputs) throws IOException {
        double bytes = 1;
        for (Path input : inputs) bytes += Files.size(input);
        return bytes;
    }

    private static String source(List<Path> inputs) {
        String more = inputs.size() == 1 ? "" : " and " + (inputs.size() - 1) + " more";
        return "import " + inputs.get(0).getFileName() + more + " (packets)";
    }
}
