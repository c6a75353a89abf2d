package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.diff.DiffReport;
import io.tierdrill.recorder.diff.DiffText;
import io.tierdrill.recorder.diff.TraceDiff;
import io.tierdrill.recorder.inspect.InspectJson;
import io.tierdrill.recorder.inspect.InspectText;
import io.tierdrill.recorder.inspect.Inspection;
import io.tierdrill.recorder.inspect.RecordLines;
import io.tierdrill.recorder.leaks.LeakReport;
import io.tierdrill.recorder.leaks.LeakScan;
import io.tierdrill.recorder.leaks.LeakText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is in a trace. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Says what is in a trace: rate over time, burstiness, clients, popularity, sizes, statuses.",
        footer = {
            "",
            "Examples:  tierdrill inspect peak.trace --records | head -3",
            "           tierdrill inspect peak.trace --leaks",
            "           tierdrill inspect --diff peak.trace replayed.trace"
        })
final class InspectCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TRACE", description = "A trace that 'record' or 'import' made.")
    private Path trace;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OTHER", description = "With --diff: the trace to compare.")
    private Path other;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "-",
            description = "Write the statistics as JSON to FILE; '-' (or no FILE) is standard output.")
    private Optional<String> json;

    @Option(names = "--records", description = "Print each request as a line of JSON instead.")
    private boolean records;

    @Option(
            names = "--leaks",
            description = "Look for secrets in it instead; ends with 1 when anything looks like one.")
    private boolean leaks;

    @Option(
            names = "--diff",
            description = "Compare two traces instead: counts, order of each user's requests, gaps, popularity, bytes;"
                    + " ends with 1 where they differ.")
    private boolean diff;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "With --diff: how far any of these may differ. Default: ${DEFAULT-VALUE}.")
    private double tolerance;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException {
        PrintWriter out = spec.commandLine().getOut();
        if (diff != (other != null))
            throw new ParameterException(spec.commandLine(), "--diff compares two traces: give TRACE and OTHER.");
        if (diff) return printDiff(out);
        if (leaks) return printLeaks(out);
        Optional<String> damage = records ? printRecords(out) : printStatistics(out);
        damage.ifPresent(lost -> spec.commandLine().getErr().println(trace + ": " + lost));
        return ExitStatus.GO;
    }

    private int printLeaks(PrintWriter out) throws IOException, BadInputException {
        if (records) throw new ParameterException(spec.commandLine(), "--leaks and --records: give one of them.");
        LeakReport report;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            report = LeakScan.of(trace, n -> notice.say(String.format(Locale.ROOT, "looking: %,d requests", n)));
        }
        if (json.isEmpty()) out.print(LeakText.of(report));
        else if (json.get().equals("-")) out.print(RunFiles.text(report));
        else RunFiles.write(Path.of(json.get()), report);
        out.flush();
        report.damage().ifPresent(lost -> spec.commandLine().getErr().println(trace + ": " + lost));
        return report.clean() ? ExitStatus.GO : ExitStatus.NO_GO;
    }

    private int printDiff(PrintWriter out) throws IOException, BadInputException {
        if (leaks || records)
            throw new ParameterException(spec.commandLine(), "--diff, --leaks and --records: give one of them.");
        if (!(tolerance >= 0 && tolerance <= 100))
            throw new ParameterException(
                    spec.commandLine(),
                    "--tolerance: cannot use \"" + tolerance + "\". Allowed: a percentage from 0 to 100.");
        DiffReport report = TraceDiff.of(trace, other, tolerance / 100);
        if (json.isEmpty()) out.print(DiffText.of(report));
        else if (json.get().equals("-")) out.print(RunFiles.text(report));
        else RunFiles.write(Path.of(json.get()), report);
        out.flush();
        report.damage().a().ifPresent(lost -> spec.commandLine().getErr().println(trace + ": " + lost));
        report.damage().b().ifPresent(lost -> spec.commandLine().getErr().println(other + ": " + lost));
        return report.same() ? ExitStatus.GO : ExitStatus.NO_GO;
    }

    private Optional<String> printRecords(PrintWriter out) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            Writer buffered = new BufferedWriter(out, 1 << 16);
            RecordLines.write(reader, buffered);
            buffered.flush();
            return reader.damage();
        }
    }

    private Optional<String> printStatistics(PrintWriter out) throws IOException, BadInputException {
        Inspection inspection;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            inspection = Inspection.of(trace, n -> notice.say(String.format(Locale.ROOT, "reading: %,d requests", n)));
        }
        if (json.isEmpty()) InspectText.write(inspection, out);
        else if (json.get().equals("-")) InspectJson.write(inspection, out);
        else
            try (Writer file = Files.newBufferedWriter(Path.of(json.get()))) {
                InspectJson.write(inspection, file);
            }
        out.flush();
        return inspection.damage();
    }
}
