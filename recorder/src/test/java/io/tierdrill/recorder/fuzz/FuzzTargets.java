package io.tierdrill.recorder.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All targets. */
final class FuzzTargets {
    private final List<FuzzTarget> targets = new ArrayList<>();

    private FuzzTargets() {}

    /** @param scratch a folder for the files that some parsers want to read from */
    static FuzzTargets in(Path scratch) throws IOException {
        FuzzTargets all = new FuzzTargets();
        all.add(ConfigTarget.target(scratch));
        TraceTargets.all(scratch).forEach(all::add);
        AccessLogTargets.all(scratch).forEach(all::add);
        FormatTargets.all().forEach(all::add);
        RedactionTargets.all().forEach(all::add);
        LeakTargets.all(scratch).forEach(all::add);
        MirrorTargets.all().forEach(all::add);
        CaptureTargets.all(scratch).forEach(all::add);
        PacketTargets.all().forEach(all::add);
        TcpTargets.all().forEach(all::add);
        WebSocketTargets.all().forEach(all::add);
        SecureTargets.all(scratch).forEach(all::add);
        return all;
    }

    List<FuzzTarget> all() {
        return List.copyOf(targets);
    }

    FuzzTarget named(String name) {
        return targets.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target " + name));
    }

    /** What was once found is a seed for ever. */
    private void add(FuzzTarget target) {
        List<byte[]> seeds = new ArrayList<>(target.seeds());
        seeds.addAll(found(target.name()));
        targets.add(new FuzzTarget(target.name(), target.mostBytes(), target.allowance(), seeds, target.parser()));
    }

    private static List<byte[]> found(String name) {
        URL folder = FuzzTargets.class.getResource("found/" + name);
        if (folder == null) return List.of();
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) inputs.add(Files.readAllBytes(file));
            return inputs;
        } catch (IOException | URISyntaxException unreadable) {
            throw new UncheckedIOException(new IOException(unreadable));
        }
    }
}
