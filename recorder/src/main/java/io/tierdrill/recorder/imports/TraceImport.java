package io.tierdrill.recorder.imports;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.files.InputCheck;
import io.tierdrill.recorder.files.Replacement;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Source;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.input.Units;
import io.tierdrill.recorder.output.MaskedRequests;
import io.tierdrill.recorder.output.TraceOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Turns logs and recordings into a trace. Inputs are read one after the other, each unit becomes a request or a counted
 * reject, and the requests are written in order of arrival. Memory is bounded by {@link ImportOptions#sortBytes} (twice
 * that where durations are taken off coarse times); what does not fit goes through a temporary file beside the trace. The
 * trace appears whole or not at all. Stateless.
 *
 * <p>A single file is taken to be nearly in order at first: its requests are written while it is read, a window behind. When
 * one comes that belongs before what was written, all of that is thrown away, and the file is read again. Either way the
 * trace is the same, byte for byte (decision 030).
 */
public final class TraceImport {
    private static final int PROGRESS_UNITS = 1 << 13;
    private static final InputCheck.Noun NOUN = new InputCheck.Noun("log", "log or recording", "a");

    private final ImportOptions options;
    private final Consumer<ImportProgress> progress;
    private final Tally tally = new Tally();
    private final TraceNotes notes = new TraceNotes();
    private final MaskedRequests requests;
    private boolean endsAreCoarse;

    private TraceImport(ImportOptions options, Consumer<ImportProgress> progress) {
        this.options = options;
        this.progress = progress;
        this.requests = MaskedRequests.of(options.redaction());
    }

    /** Imports files without telling how far it is. */
    public static ImportAccount run(List<Path> inputs, Path output, ImportOptions options)
            throws IOException, BadInputException {
        return run(inputs.stream().map(Source::file).toList(), output, options, silently -> {});
    }

    /**
     * Imports.
     *
     * @param inputs logs and recordings, plain, gzip or zstd, in any order of time
     * @param output the trace; replaced when the import succeeds
     * @param progress told every few thousand units, on this thread
     * @throws BadInputException when a file is missing, foreign or damaged, when more units are rejected than
     *     {@link ImportOptions#maxRejects} allows, or when there is no request at all; then no trace is written
     */
    public static ImportAccount run(
            List<Source> inputs, Path output, ImportOptions options, Consumer<ImportProgress> progress)
            throws IOException, BadInputException {
        List<Path> files =
                inputs.stream().map(Source::path).flatMap(Optional::stream).toList();
        if (files.isEmpty() && !inputs.isEmpty()) InputCheck.checkOutput(output);
        else InputCheck.check(files, output, NOUN);
        Consumer<ImportProgress> forward = new ForwardProgress(progress);
        if (canBeReadTwice(inputs)) {
            try {
                return new TraceImport(options, forward).run(inputs, output.toAbsolutePath(), true);
            } catch (TooHasty notInOrder) {
                // Nothing of it is left, neither on the disk nor in the counts of the one that follows.
            }
        }
        return new TraceImport(options, forward).run(inputs, output.toAbsolutePath(), false);
    }

    /** And alone, so that all before a stamp is there once the input has come some way beyond it. */
    private static boolean canBeReadTwice(List<Source> inputs) {
        return inputs.size() == 1
                && inputs.get(0).path().filter(Files::isRegularFile).isPresent();
    }

    private ImportAccount run(List<Source> inputs, Path output, boolean hope) throws IOException, BadInputException {
        try (UnitSorter sorter = new UnitSorter(options.sortBytes(), output.getParent());
                BegunTrace begun = new BegunTrace(output.getParent(), requests, tally::firstNanos)) {
            if (hope) sorter.hope(options.seeds(), begun);
            readAll(inputs, sorter);
            ImportAccount account = tally.account(options.seeds().root());
            Loss.refuseIfTooMuch(account, options.maxRejects());
            return account.withMasked(write(sorter, begun, account, output));
        }
    }

    private void readAll(List<Source> inputs, UnitSorter sorter) throws IOException, BadInputException {
        Problems problems = new Problems();
        for (int file = 0; file < inputs.size(); file++) {
            String name = inputs.get(file).name();
            try (OpenInput input = OpenInput.open(inputs.get(file), options)) {
                notes.add(input.reading());
                refuseWithoutTimes(input);
                read(input, file, inputs.size(), sorter);
            } catch (BadInputException bad) {
                bad.problems().forEach(problems::add);
            } catch (Unpacked.Damaged damaged) {
                problems.add(damaged(name, damaged));
            }
        }
        if (!problems.any() && notes.mixesTimes()) problems.add(mixed(inputs));
        problems.throwIfAny();
    }

    private void refuseWithoutTimes(OpenInput input) throws BadInputException {
        if (input.reading().timing().tellsTimes() || options.rate().isPresent()) return;
        throw new BadInputException(new Problem(
                input.name(),
                "",
                "tells no times (format " + input.reading().form() + ")",
                "Say with --rate how many requests a second it stands for."));
    }

    private void read(OpenInput input, int file, int files, UnitSorter sorter) throws IOException, BadInputException {
        Units units = input.reading().units();
        Timing timing = input.reading().timing();
        UnitTimes times = UnitTimes.of(timing, options, file);
        sorter.begin(timing.tellsTimes() && timing.isCoarse() ? timing.resolutionNanos() : 1);
        tally.begin();
        for (long number = 1; units.next(); number++) {
            if (number % PROGRESS_UNITS == 0)
                progress.accept(
                        new ImportProgress(ImportProgress.Stage.READING, tally.read(), (file + input.share()) / files));
            take(input, times, sorter);
        }
        tally.end(input);
    }

    private void take(OpenInput input, UnitTimes times, UnitSorter sorter) throws IOException {
        Units units = input.reading().units();
        UnitParser parser = input.reading().parser();
        if (isBlank(units)) tally.rejected(RejectReason.BLANK_LINE, input.name(), units, units.from());
        else if (units.tooLong()) tally.rejected(RejectReason.TOO_LONG, input.name(), units, units.from());
        else if (parser.parse(units.bytes(), units.from(), units.to())) {
            times.of(parser);
            if (times.endsAreCoarse() && !endsAreCoarse) keepAll(sorter);
            tally.imported(times.stamp(), times.arrival());
            requests.take(parser, units.bytes());
            sorter.add(times.sortedBy(), requests.bytes(), 0, requests.length());
        } else tally.rejected(parser.reason(), input.name(), units, parser.wrongAt(), parser.wrongField());
    }

    private static boolean isBlank(Units units) {
        byte[] bytes = units.bytes();
        for (int i = units.from(); i < units.to(); i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') return false;
        }
        return true;
    }

    /** What is in order of end tells nothing of the order of arrivals. */
    private void keepAll(UnitSorter sorter) throws TooHasty {
        endsAreCoarse = true;
        sorter.keepAll();
    }

    /** To a file beside the output first, so that nobody ever sees half a trace; what was masked. */
    private Map<String, Long> write(UnitSorter sorter, BegunTrace begun, ImportAccount account, Path output)
            throws IOException {
        Path part = Files.createTempFile(output.getParent(), ".tierdrill-", ".part");
        // Finally clauses do not run when the user ends the program; this does.
        part.toFile().deleteOnExit();
        try {
            TraceHeader header = notes.header(account, options.rate());
            if (begun.hasBegun()) {
                sorter.drain(options.seeds(), telling(begun, begun::count, account));
                begun.finish(header, part);
            } else {
                try (TraceOutput writer = TraceOutput.create(part, header, requests)) {
                    drain(sorter, telling(sink(writer), writer::count, account), output.getParent());
                }
            }
            Replacement.move(part, output);
            return requests.masked();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void drain(UnitSorter sorter, UnitSorter.Sink sink, Path folder) throws IOException {
        if (!endsAreCoarse) sorter.drain(options.seeds(), sink);
        else
            try (ArrivalOrder order = new ArrivalOrder(options.sortBytes(), folder, tally.firstNanos())) {
                order.drain(sorter, options.seeds(), sink);
            }
    }

    private UnitSorter.Sink sink(TraceOutput writer) {
        long start = tally.firstNanos();
        return (file, instant, bytes, from, to) -> writer.write(instant - start, bytes, from, to);
    }

    private UnitSorter.Sink telling(UnitSorter.Sink sink, LongSupplier count, ImportAccount account) {
        return (file, instant, bytes, from, to) -> {
            sink.accept(file, instant, bytes, from, to);
            long written = count.getAsLong();
            if (written % PROGRESS_UNITS == 0)
                progress.accept(new ImportProgress(
                        ImportProgress.Stage.WRITING, written, (double) written / account.imported()));
        };
    }

    private static Problem damaged(String name, Unpacked.Damaged damaged) {
        return new Problem(
                name,
                "",
                "the packed data is cut off or damaged: " + damaged.getMessage(),
                "Nothing was imported. Unpack what is left of it with 'gzip -dc' or 'zstd -dc' into a plain file and"
                        + " import that.");
    }

    private static Problem mixed(List<Source> inputs) {
        return new Problem(
                inputs.get(0).name(),
                "",
                "and the others are partly with times and partly without",
                "Import those with times and those without into a trace each.");
    }
}
