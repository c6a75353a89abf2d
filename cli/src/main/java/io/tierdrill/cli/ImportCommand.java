package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.accesslog.ImportAccount;
import io.tierdrill.recorder.accesslog.ImportOptions;
import io.tierdrill.recorder.accesslog.ImportProgress;
import io.tierdrill.recorder.accesslog.ImportText;
import io.tierdrill.recorder.accesslog.LogFormat;
import io.tierdrill.recorder.accesslog.LogImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** Logs into a trace. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Turns access logs into a trace and accounts for every line.",
        footer = {"", "Example:  tierdrill import access.log access.log.1.gz -o peak.trace"})
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Apache or nginx access logs, plain or .gz, in any order of time.")
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
                    "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, by the first lines of each file.")
    private LogFormat format;

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
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException {
        if (!(maxRejects >= 0 && maxRejects <= 100))
            throw new ParameterException(
                    spec.commandLine(),
                    "--max-rejects: cannot use \"" + maxRejects + "\". Allowed: a percentage from 0 to 100.");
        ImportOptions options = ImportOptions.defaults()
                .withFormat(format)
                .withMaxRejects(maxRejects / 100)
                .withSeeds(new Seeds(seed))
                .withServer("http", authority);
        ImportAccount account;
        try (Notice notice = Notice.on(spec.commandLine().getErr(), NanoClock.system())) {
            account = LogImport.run(inputs, output, options, p -> notice.say(text(p)));
        }
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, account);
        if (!json.takesStandardOutput()) {
            out.print(ImportText.of(account));
            out.println("wrote " + output);
        }
        return ExitStatus.GO;
    }

    private static String text(ImportProgress p) {
        String stage = p.stage().name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%s: %,d lines, %.0f %%", stage, p.lines(), 100 * p.share());
    }
}
