package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.imports.Formats;
import io.tierdrill.recorder.imports.ImportAccount;
import io.tierdrill.recorder.imports.ImportOptions;
import io.tierdrill.recorder.imports.ImportProgress;
import io.tierdrill.recorder.imports.ImportText;
import io.tierdrill.recorder.imports.TraceImport;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Source;
import io.tierdrill.recorder.packets.CaptureAccount;
import io.tierdrill.recorder.packets.CaptureImport;
import io.tierdrill.recorder.packets.CaptureOptions;
import io.tierdrill.recorder.packets.CaptureProgress;
import io.tierdrill.recorder.packets.CaptureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Logs or packet captures into a trace; the first bytes of the files tell which. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Turns access logs or packet captures into a trace and accounts for every line or packet.",
        footer = {
            "",
            "Examples:  tierdrill import access.log access.log.1.gz -o peak.trace",
            "           tierdrill import peak.pcap -o peak.trace"
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Apache or nginx access logs, or captures in pcap or pcapng, plain or .gz, in any order of time.")
    private List<Path> inputs;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "TRACE",
            description = "The trace to write.")
    private Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, by the first lines of each file.",
            completionCandidates = FormatWords.class)
    private String format;

    @Option(
            names = "--max-rejects",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "Refuse the import when more lines than this cannot be used. Default: ${DEFAULT-VALUE}.")
    private double maxRejects;

    @Option(
            names = "--authority",
            paramLabel = "HOST",
            defaultValue = "",
            description = "The host that the logs are of; access logs do not tell.")
    private String authority;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Places requests within their second. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private RedactionOptions redaction;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException {
        if (CaptureInputs.areCaptures(inputs)) importCaptures();
        else importLogs();
        return ExitStatus.GO;
    }

    private void importLogs() throws IOException, BadInputException {
        if (!(maxRejects >= 0 && maxRejects <= 100))
            throw new ParameterException(
                    spec.commandLine(),
                    "--max-rejects: cannot use \"" + maxRejects + "\". Allowed: a percentage from 0 to 100.");
        ImportOptions options = options();
        ImportAccount account;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            account = TraceImport.run(
                    inputs.stream().map(Source::file).toList(), output, options, p -> notice.say(text(p)));
        }
        show(account, ImportText.of(account));
    }

    private ImportOptions options() {
        ImportOptions options = ImportOptions.defaults()
                .withMaxRejects(maxRejects / 100)
                .withSeeds(new Seeds(seed))
                .withServer(new Server("http", authority))
                .withRedaction(redaction.config());
        if (format.equals("auto")) return options;
        return options.withFormat(Formats.named(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--format: unknown format \"" + format + "\". Known: auto, " + Formats.words() + ".")));
    }

    private void importCaptures() throws IOException, BadInputException {
        refuseOptionsOfLogs();
        CaptureOptions options = CaptureOptions.defaults().withRedaction(redaction.config());
        CaptureAccount account;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            account = CaptureImport.run(inputs, output, options, p -> notice.say(text(p)));
        }
        show(account, CaptureText.of(account));
    }

    /** What a capture tells itself cannot be told to it. */
    private void refuseOptionsOfLogs() {
        for (String option : List.of("--format", "--max-rejects", "--authority", "--seed"))
            if (spec.commandLine().getParseResult().hasMatchedOption(option))
                throw new ParameterException(
                        spec.commandLine(), option + ": is for access logs, and these are packet captures.");
    }

    private void show(Object account, String text) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, account);
        if (json.takesStandardOutput()) return;
        out.print(text);
        out.println("wrote " + output);
    }

    /** For the help and for completion in the shell. */
    private static final class FormatWords extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        FormatWords() {
            add("auto");
            Formats.all().forEach(f -> add(f.word()));
        }
    }

    private static String text(CaptureProgress p) {
        return String.format(Locale.ROOT, "reading: %,d packets, %.0f %%", p.packets(), 100 * p.share());
    }

    private static String text(ImportProgress p) {
        String stage = p.stage().name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%s: %,d units, %.0f %%", stage, p.units(), 100 * p.share());
    }
}
