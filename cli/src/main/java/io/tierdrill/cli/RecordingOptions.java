package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ByteText;
import io.tierdrill.recorder.live.Buffer;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.Pace;
import io.tierdrill.recorder.live.Quota;
import io.tierdrill.recorder.live.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What every live recording asks: where to, how much, how long. */
final class RecordingOptions {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR|TRACE",
            description = "A folder for traces NAME-TIME-NUMBER.trace, or one file ending in .trace; "
                    + "one that is there is gone on with.")
    private Path output;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the traces in a folder. Default: the command's.")
    private Optional<String> name;

    @Option(
            names = "--rotate-size",
            paramLabel = "SIZE",
            converter = SizeOption.class,
            description = "Goes on in a new trace after so much, such as 100MiB. Default: 1GiB. For a folder.")
    private Optional<Long> rotateSize;

    @Option(
            names = "--rotate-every",
            paramLabel = "D",
            description = "Goes on in a new trace after so long, such as 10m. Default: 1h. For a folder.")
    private Optional<Duration> rotateEvery;

    @Option(
            names = "--quota",
            paramLabel = "SIZE",
            converter = SizeOption.class,
            description =
                    "The most disk for all traces of this name. Default: 10GiB. Recording stops there, and goes on "
                            + "when somebody makes room.")
    private Optional<Long> quota;

    @Option(names = "--delete-oldest", description = "At the quota, deletes the oldest trace of this name instead.")
    private boolean deleteOldest;

    @Option(
            names = "--buffer",
            paramLabel = "SIZE",
            converter = SizeOption.class,
            description = "The most memory for requests on their way to the disk. Default: 64MiB.")
    private Optional<Long> buffer;

    @Option(
            names = "--window",
            paramLabel = "D",
            description =
                    "How long a request waits for its response before it is written without. Default: 500ms, of capture 400ms. "
                            + "A kill costs what is within it.")
    private Optional<Duration> window;

    @Option(names = "--duration", paramLabel = "D", description = "Ends by itself after so long, such as 10m.")
    private Optional<Duration> duration;

    @Mixin
    private RedactionOptions redaction;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    static final class SizeOption implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return ByteText.parse(text)
                    .filter(bytes -> bytes > 0)
                    .orElseThrow(() -> new TypeConversionException(
                            "cannot use \"" + text + "\". Allowed: " + ByteText.ALLOWED + "."));
        }
    }

    /** @param pace what suits the carrier; the user may change its window */
    LiveConfig config(String command, String source, Pace pace) throws IOException, BadInputException {
        LiveConfig config = toFile() ? LiveConfig.file(output, source) : inFolder(name.orElse(command), source);
        return config.withQuota(quota())
                .withBuffer(buffer())
                .withPace(pace(pace))
                .withRedaction(redaction.config());
    }

    Optional<Duration> duration() {
        Options.withinDay(spec, "--duration", duration);
        return duration;
    }

    Path output() {
        return output;
    }

    private boolean toFile() {
        boolean file = output.getFileName() != null
                        && output.getFileName().toString().endsWith(".trace")
                        && !Files.isDirectory(output)
                || Files.isRegularFile(output);
        if (file && (rotateSize.isPresent() || rotateEvery.isPresent() || deleteOldest || name.isPresent()))
            throw new ParameterException(
                    spec.commandLine(),
                    "--rotate-size, --rotate-every, --delete-oldest and --name are for a folder of traces; " + output
                            + " is one trace.");
        return file;
    }

    private LiveConfig inFolder(String traces, String source) {
        Rotation usual = Rotation.defaults();
        Options.withinDay(spec, "--rotate-every", rotateEvery);
        Rotation rotation = new Rotation(rotateSize.orElse(usual.bytes()), rotateEvery.orElse(usual.every()));
        try {
            return LiveConfig.folder(output, traces, source).withRotation(rotation);
        } catch (IllegalArgumentException badName) {
            throw new ParameterException(spec.commandLine(), "--name: " + badName.getMessage() + ".");
        }
    }

    private Quota quota() {
        Quota usual = Quota.defaults();
        return new Quota(quota.orElse(usual.bytes()), deleteOldest ? Quota.WhenFull.DELETE_OLDEST : usual.whenFull());
    }

    private Buffer buffer() {
        Buffer usual = Buffer.defaults();
        return buffer.map(bytes -> new Buffer(bytes, usual.requests())).orElse(usual);
    }

    private Pace pace(Pace pace) {
        window.filter(w -> w.compareTo(pace.settle()) < 0 || w.compareTo(Duration.ofMinutes(1)) > 0)
                .ifPresent(w -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--window: cannot use \"" + w.toMillis() + "ms\". Allowed: from "
                                    + pace.settle().toMillis() + "ms to 1m.");
                });
        return window.map(pace::withWindow).orElse(pace);
    }
}
