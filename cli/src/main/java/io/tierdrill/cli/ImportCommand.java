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
import io.tierdrill.recorder.json.JsonFormat;
import io.tierdrill.recorder.json.Mapping;
import io.tierdrill.recorder.merge.MergeAccount;
import io.tierdrill.recorder.merge.MergeText;
import io.tierdrill.recorder.merge.TraceMerge;
import io.tierdrill.recorder.packets.CaptureAccount;
import io.tierdrill.recorder.packets.CaptureImport;
import io.tierdrill.recorder.packets.CaptureOptions;
import io.tierdrill.recorder.packets.CaptureProgress;
import io.tierdrill.recorder.packets.CaptureText;
import io.tierdrill.recorder.template.TemplateFormat;
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
        description = "Turns logs, recordings or packet captures into a trace and accounts for every line or packet.",
        footer = {
            "",
            "The format of each file is found by its beginning, and told. Formats: docs/import.md.",
            "",
            "Examples:  tierdrill import access.log access.log.1.gz -o peak.trace",
            "           zcat logs/*.gz | tierdrill import - -o peak.trace",
            "           tierdrill import app.log -o peak.trace --log-format '$$remote_addr [$$time_local] \"$$request\" $$status'",
            "           tierdrill import app.jsonl -o peak.trace --map time=ts,method=req.method,path=req.url,status=code",
            "           tierdrill import session.har -o peak.trace",
            "           tierdrill import peak.pcap -o peak.trace --tls-keys keys.log",
            "           tierdrill import monday.trace tuesday.trace -o week.trace"
        })
final class ImportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final double MOST_RATE = 1e9;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Logs, recordings, profiles, traces, or captures in pcap or pcapng; plain, .gz or (not captures) .zst, in any order of"
                            + " time. - is standard input.")
    private List<String> inputs;

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
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, by the beginning of each file.",
            completionCandidates = FormatWords.class)
    private String format;

    @Option(
            names = "--log-format",
            paramLabel = "STRING",
            description = {
                "The format string that the logs were written with: nginx's log_format ($$remote_addr ...), Apache's"
                        + " LogFormat (%%h ...) or Envoy's (%%START_TIME%% ...), or the whole directive."
            })
    private String logFormat;

    @Option(
            names = "--map",
            paramLabel = "MAPPING",
            description =
                    "For lines of JSON: which member tells what, as in time=ts:ms,path=req.uri,header.Referer=ref.")
    private String mapping;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second, for inputs that tell no times: arrivals are drawn (Poisson).")
    private Double rate;

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
            description = "The host that the logs are of, where they do not tell.")
    private String authority;

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            defaultValue = "http",
            description = "http or https, where the logs do not tell. Default: ${DEFAULT-VALUE}.")
    private String scheme;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Places requests within times told in whole seconds or minutes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private TlsKeyOptions tlsKeys;

    @Mixin
    private RedactionOptions redaction;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException {
        if (CaptureInputs.areCaptures(files())) {
            importCaptures();
            return ExitStatus.GO;
        }
        if (tlsKeys.file().isPresent()) throw refused("--tls-keys: is for packet captures, and these are none.");
        if (TraceInputs.areTraces(files())) mergeTraces();
        else importLogs();
        return ExitStatus.GO;
    }

    private void importLogs() throws IOException, BadInputException {
        if (!(maxRejects >= 0 && maxRejects <= 100))
            throw refused("--max-rejects: cannot use \"" + maxRejects + "\". Allowed: a percentage from 0 to 100.");
        ImportOptions options = options();
        ImportAccount account;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            account = TraceImport.run(sources(), output, options, p -> notice.say(text(p)));
        }
        show(account, ImportText.of(account));
    }

    /** Captures are told by looking into files; standard input cannot be looked into twice. */
    private List<Path> files() {
        return inputs.stream()
                .filter(i -> !i.equals(STANDARD_INPUT))
                .map(Path::of)
                .toList();
    }

    private List<Source> sources() {
        if (inputs.stream().filter(STANDARD_INPUT::equals).count() > 1)
            throw refused("standard input can be read once only");
        return inputs.stream()
                .map(i ->
                        i.equals(STANDARD_INPUT) ? Source.stream("standard input", System.in) : Source.file(Path.of(i)))
                .toList();
    }

    private ImportOptions options() throws IOException, BadInputException {
        if (!scheme.equals("http") && !scheme.equals("https"))
            throw refused("--scheme: cannot use \"" + scheme + "\". Allowed: http, https.");
        ImportOptions options = ImportOptions.defaults()
                .withMaxRejects(maxRejects / 100)
                .withSeeds(new Seeds(seed))
                .withServer(new Server(scheme, authority))
                .withRedaction(redaction.config());
        if (rate != null) {
            if (!(rate > 0 && rate < MOST_RATE))
                throw refused("--rate: cannot use \"" + rate + "\". Allowed: a number of requests a second above 0.");
            options = options.withRate(rate);
        }
        return withFormat(options);
    }

    private ImportOptions withFormat(ImportOptions options) throws BadInputException {
        boolean named = !format.equals("auto");
        if ((named ? 1 : 0) + (logFormat != null ? 1 : 0) + (mapping != null ? 1 : 0) > 1)
            throw refused("--format, --log-format and --map exclude each other.");
        if (logFormat != null) return options.withFormat(TemplateFormat.of(logFormat));
        if (mapping != null) return options.withFormat(JsonFormat.of(Mapping.of(mapping)));
        if (!named) return options;
        return options.withFormat(Formats.named(format)
                .orElseThrow(() ->
                        refused("--format: unknown format \"" + format + "\". Known: auto, " + Formats.words() + ".")));
    }

    private ParameterException refused(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void importCaptures() throws IOException, BadInputException {
        refuseOptionsOfLogs("packet captures");
        CaptureOptions options =
                CaptureOptions.defaults().withTlsKeys(tlsKeys.file()).withRedaction(redaction.config());
        CaptureAccount account;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            account = CaptureImport.run(files(), output, options, p -> notice.say(text(p)));
        }
        show(account, CaptureText.of(account));
    }

    private void mergeTraces() throws IOException, BadInputException {
        refuseOptionsOfLogs("traces");
        MergeAccount account;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            account = TraceMerge.run(
                    files(),
                    output,
                    redaction.config(),
                    written -> notice.say(String.format(Locale.ROOT, "merging: %,d requests", written)));
        }
        show(account, MergeText.of(account));
    }

    /** What a capture or a trace tells itself cannot be told to it. */
    private void refuseOptionsOfLogs(String inputsAre) {
        if (inputs.contains(STANDARD_INPUT))
            throw refused("standard input is for logs, and these are " + inputsAre + ".");
        for (String option : List.of(
                "--format", "--log-format", "--map", "--rate", "--max-rejects", "--authority", "--scheme", "--seed"))
            if (spec.commandLine().getParseResult().hasMatchedOption(option))
                throw refused(option + ": is for logs, and these are " + inputsAre + ".");
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
