package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.files.InputCheck;
import io.tierdrill.recorder.files.Replacement;
import io.tierdrill.recorder.output.TraceOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Turns access logs into a trace. Files are read one after the other, each line becomes a request or a counted reject,
 * and the requests are written in order of time. Memory is bounded by {@link ImportOptions#sortBytes}; what does not fit
 * goes through a temporary file beside the trace. The trace appears whole or not at all. Stateless.
 */
public final class LogImport {
    private static final int PROGRESS_LINES = 1 << 13;

    private final ImportOptions options;
    private final Consumer<ImportProgress> progress;
    private final Tally tally = new Tally();
    private final LogLine line = new LogLine();
    private LogFormat[] formats = {};

    private LogImport(ImportOptions options, Consumer<ImportProgress> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Imports without telling how far it is. */
    public static ImportAccount run(List<Path> inputs, Path output, ImportOptions options)
            throws IOException, BadInputException {
        return run(inputs, output, options, silently -> {});
    }

    /**
     * Imports.
     *
     * @param inputs logs, plain or gzip, in any order of time
     * @param output the trace; replaced when the import succeeds
     * @param progress told every few thousand lines, on this thread
     * @throws BadInputException when a file is missing, foreign or damaged, when more lines are rejected than
     *     {@link ImportOptions#maxRejects} allows, or when there is no request at all; then no trace is written
     */
    public static ImportAccount run(
            List<Path> inputs, Path output, ImportOptions options, Consumer<ImportProgress> progress)
            throws IOException, BadInputException {
        InputCheck.check(inputs, output, new InputCheck.Noun("log", "access log", "an"));
        return new LogImport(options, progress).run(inputs, output.toAbsolutePath());
    }

    private ImportAccount run(List<Path> inputs, Path output) throws IOException, BadInputException {
        formats = new LogFormat[inputs.size()];
        try (SecondSorter sorter = new SecondSorter(options.sortBytes(), output.getParent())) {
            readAll(inputs, sorter);
            ImportAccount account = tally.account(options.seeds().root());
            refuseIfTooLossy(account);
            write(sorter, account, output);
            return account;
        }
    }

    private void readAll(List<Path> inputs, SecondSorter sorter) throws IOException, BadInputException {
        Problems problems = new Problems();
        for (int file = 0; file < inputs.size(); file++) {
            try (LogSource source = LogSource.open(inputs.get(file), options.format())) {
                formats[file] = source.format();
                read(source, file, sorter);
            } catch (BadInputException bad) {
                bad.problems().forEach(problems::add);
            } catch (EOFException | ZipException damaged) {
                problems.add(damagedGzip(inputs.get(file), damaged));
            }
        }
        problems.throwIfAny();
    }

    private void read(LogSource source, int file, SecondSorter sorter) throws IOException {
        LineReader lines = source.lines();
        double size = Math.max(1, Files.size(source.path()));
        tally.begin();
        while (lines.next()) {
            if (lines.number() % PROGRESS_LINES == 0) {
                double share = Math.min(1, source.bytesRead() / size);
                progress.accept(new ImportProgress(
                        ImportProgress.Stage.READING, tally.read(), (file + share) / formats.length));
            }
            take(source, file, sorter);
        }
        tally.end(source, options.format());
    }

    private void take(LogSource source, int file, SecondSorter sorter) throws IOException {
        LineReader lines = source.lines();
        if (isBlank(lines)) tally.rejected(RejectReason.BLANK_LINE, source, lines.from());
        else if (lines.tooLong()) tally.rejected(RejectReason.LINE_TOO_LONG, source, lines.from());
        else if (line.parse(lines.bytes(), lines.from(), lines.to(), source.format())) {
            tally.imported(line);
            sorter.add(file, line.epochSecond(), lines.bytes(), lines.from(), lines.to());
        } else tally.rejected(line.reason(), source, line.wrongAt());
    }

    private static boolean isBlank(LineReader lines) {
        for (int i = lines.from(); i < lines.to(); i++) {
            if (lines.bytes()[i] != ' ' && lines.bytes()[i] != '\t') return false;
        }
        return true;
    }

    private void refuseIfTooLossy(ImportAccount account) throws BadInputException {
        if (account.imported() > 0 && account.rejectedShare() <= options.maxRejects()) return;
        String first = account.examples().values().stream()
                .filter(e -> !e.equals(account.examples().get(RejectReason.BLANK_LINE.word())))
                .findFirst()
                .map(ImportAccount.Example::where)
                .orElse(account.inputs().get(0).file());
        String what = account.imported() == 0
                ? "found no request in " + account.read() + " lines"
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of the lines are no requests, more than the %s %% allowed",
                        100 * account.rejectedShare(),
                        percent(options.maxRejects()));
        String help = ImportText.of(account).strip().replace(System.lineSeparator(), System.lineSeparator() + "  ");
        if (account.imported() > 0)
            help += System.lineSeparator() + "  If that is as it should be, allow more with --max-rejects.";
        throw new BadInputException(new Problem(first, "", what, help));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4f", 100 * share).replaceAll("\\.?0+$", "");
    }

    /** To a file beside the output first, so that nobody ever sees half a trace. */
    private void write(SecondSorter sorter, ImportAccount account, Path output) throws IOException {
        Path part = Files.createTempFile(output.getParent(), ".tierdrill-", ".part");
        // Finally clauses do not run when the user ends the program; this does.
        part.toFile().deleteOnExit();
        try {
            try (TraceOutput writer = TraceOutput.create(part, header(account), options.redaction())) {
                drain(sorter, account, writer);
            }
            Replacement.move(part, output);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void drain(SecondSorter sorter, ImportAccount account, TraceOutput writer) throws IOException {
        RequestFromLine request = new RequestFromLine(options);
        long start = tally.firstSecond();
        sorter.drain(options.seeds(), (file, second, nanos, bytes, from, to) -> {
            line.parse(bytes, from, to, formats[file]);
            writer.write(request.at((second - start) * 1_000_000_000L + nanos, line, bytes));
            if (writer.count() % PROGRESS_LINES == 0)
                progress.accept(new ImportProgress(
                        ImportProgress.Stage.WRITING, writer.count(), (double) writer.count() / account.imported()));
        });
    }

    private TraceHeader header(ImportAccount account) {
        Map<String, String> notes = Map.of(
                "withinSecond", Placement.rule(),
                "seed", Long.toString(account.seed()),
                "read", Long.toString(account.read()),
                "imported", Long.toString(account.imported()),
                "rejected", account.rejected().toString(),
                "requestBodies", "Access logs do not tell of them; every request is without.",
                "paths", "Bytes outside visible ASCII are percent-encoded.");
        return new TraceHeader(Instant.ofEpochSecond(tally.firstSecond()), source(account), notes);
    }

    private static String source(ImportAccount account) {
        ImportAccount.Input first = account.inputs().get(0);
        int others = account.inputs().size() - 1;
        String more = others == 0 ? "" : " and " + others + " more";
        return "import " + Path.of(first.file()).getFileName() + more + " (" + first.format() + ")";
    }

    private static Problem damagedGzip(Path path, IOException damaged) {
        return new Problem(
                path.toString(),
                "",
                "the gzip data is cut off or damaged: " + damaged.getMessage(),
                "Nothing was imported. Unpack what is left of it with 'gzip -dc' into a plain file and import that.");
    }
}
