package io.tierdrill.cli;

import io.tierdrill.load.live.LiveConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What happens while requests flow: the settings {@code load.metrics} and {@code load.abortOn} as options. */
final class LiveOptions {
    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            description = "Serve /metrics (Prometheus, native histograms) of the running injector there; port 0 is any "
                    + "free one, a port alone is one of the loopback.")
    private Optional<String> metrics;

    @Option(
            names = "--abort-on",
            paramLabel = "RULE",
            description = "End the run, with status 1, when this has held for its time: 'p99>250ms for 10s', "
                    + "'errors>1%% for 5s', 'rate<900/s for 5s'. May be given several times.")
    private List<String> abortOn = List.of();

    /** By themselves, for a command whose other settings stand in a file. */
    LiveConfig config(CommandSpec spec) throws BadInputException {
        Map<String, Object> settings = new LinkedHashMap<>();
        putInto(settings);
        Problems problems = new Problems();
        LiveConfig config = LiveConfig.from(ConfigFile.parse("command line", ConfigFile.write(settings), problems));
        Options.throwIfAny(spec, problems);
        return config;
    }

    void putInto(Map<String, Object> settings) {
        metrics.ifPresent(m -> settings.put("metrics", m));
        if (!abortOn.isEmpty()) settings.put("abortOn", abortOn);
    }
}
