package io.tierdrill.recorder.live;

import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how to record live traffic.
 *
 * @param output a folder for files {@code NAME-20261123T181500Z-0001.trace}, or the one trace to write
 * @param name of the recording, in a folder; empty where {@code output} is the trace itself
 * @param source what the traces say of where they come from, for people
 * @param notes what else they say
 * @param redaction what is masked on the way into the trace
 */
public record LiveConfig(
        Path output,
        Optional<String> name,
        String source,
        Map<String, String> notes,
        Rotation rotation,
        Quota quota,
        Buffer buffer,
        Pace pace,
        RedactionConfig redaction) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public LiveConfig {
        name.filter(n -> !NAME.matcher(n).matches()).ifPresent(n -> {
            throw new IllegalArgumentException(
                    "name is letters, digits, dots, hyphens and underscores, was '" + n + "'");
        });
        notes = Map.copyOf(notes);
    }

    /** Into numbered files in a folder, which is made where there is none; files of earlier runs stay as they are. */
    public static LiveConfig folder(Path folder, String name, String source) {
        return new LiveConfig(
                folder,
                Optional.of(name),
                source,
                Map.of(),
                Rotation.defaults(),
                Quota.defaults(),
                Buffer.defaults(),
                Pace.defaults(),
                RedactionConfig.defaults());
    }

    /** Into one trace; one that is there is gone on with. */
    public static LiveConfig file(Path trace, String source) {
        return new LiveConfig(
                trace,
                Optional.empty(),
                source,
                Map.of(),
                Rotation.never(),
                Quota.defaults(),
                Buffer.defaults(),
                Pace.defaults(),
                RedactionConfig.defaults());
    }

    public LiveConfig withNotes(Map<String, String> other) {
        return new LiveConfig(output, name, source, other, rotation, quota, buffer, pace, redaction);
    }

    public LiveConfig withRotation(Rotation other) {
        return new LiveConfig(output, name, source, notes, other, quota, buffer, pace, redaction);
    }

    public LiveConfig withQuota(Quota other) {
        return new LiveConfig(output, name, source, notes, rotation, other, buffer, pace, redaction);
    }

    public LiveConfig withBuffer(Buffer other) {
        return new LiveConfig(output, name, source, notes, rotation, quota, other, pace, redaction);
    }

    public LiveConfig withPace(Pace other) {
        return new LiveConfig(output, name, source, notes, rotation, quota, buffer, other, redaction);
    }

    public LiveConfig withRedaction(RedactionConfig other) {
        return new LiveConfig(output, name, source, notes, rotation, quota, buffer, pace, other);
    }
}
