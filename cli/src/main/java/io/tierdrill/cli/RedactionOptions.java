package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.redact.ClientAddresses;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.redact.RedactionKey;
import io.tierdrill.recorder.redact.UserKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that writes a trace asks of redaction. */
final class RedactionOptions {
    @Option(
            names = "--no-redaction",
            description = "Keep everything as it came: passwords, cookies and addresses reach the disk.")
    private boolean off;

    @Option(
            names = "--redaction-key",
            paramLabel = "FILE",
            description = "The key of the pseudonyms, so that several traces share them; made where there is none. "
                    + "Default: a key that ends with this command.")
    private Optional<Path> key;

    @Option(
            names = "--client-addresses",
            paramLabel = "KEPT",
            defaultValue = "network",
            description = "What is kept of client addresses: network (/24 or /48), keep or pseudonym. "
                    + "Default: ${DEFAULT-VALUE}.")
    private ClientAddresses clients;

    @Option(
            names = "--user",
            paramLabel = "SOURCE",
            description = "Where a request tells its user: " + UserKey.ALLOWED + ".")
    private Optional<String> user;

    @Option(
            names = "--redact",
            split = ",",
            paramLabel = "NAME",
            description = "Further headers, parameters and fields to mask; several separated by commas.")
    private List<String> names = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Says aloud when nothing is masked. */
    RedactionConfig config() throws IOException, BadInputException {
        RedactionConfig config = RedactionConfig.defaults().withClients(clients).withUser(userKey());
        try {
            config = config.withNames(names);
        } catch (IllegalArgumentException noName) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--redact: " + noName.getMessage() + ". Allowed: names with letters or digits.");
        }
        if (off) return warned(config.off());
        return key.isPresent() ? config.withKey(RedactionKey.of(key.get())) : config;
    }

    private RedactionConfig warned(RedactionConfig config) {
        if (key.isPresent())
            throw new ParameterException(
                    spec.commandLine(), "--redaction-key and --no-redaction: with nothing masked there is no key.");
        spec.commandLine()
                .getErr()
                .println("warning: --no-redaction: passwords, cookies, tokens and client addresses reach the disk.");
        return config;
    }

    private UserKey userKey() {
        if (user.isEmpty()) return UserKey.NONE;
        return UserKey.parse(user.get())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        String.format(
                                Locale.ROOT, "--user: cannot use \"%s\". Allowed: %s.", user.get(), UserKey.ALLOWED)));
    }
}
