package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a recording's files lie and what they are called. One thread. */
final class Place implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final LiveConfig config;
    private final Claim claim;
    private final Pattern ours;

    private Place(LiveConfig config, Claim claim) {
        this.config = config;
        this.claim = claim;
        this.ours = Pattern.compile(Pattern.quote(config.name().orElse("")) + "-\\d{8}T\\d{6}Z-(\\d{4,9})\\.trace");
    }

    /** Makes the folder where there is none, and keeps others away until it is closed. */
    static Place prepare(LiveConfig config) throws IOException, BadInputException {
        Path output = config.output();
        Path folder =
                config.name().isPresent() ? output : output.toAbsolutePath().getParent();
        if (config.name().isPresent() && Files.exists(output) && !Files.isDirectory(output))
            throw refuse(output, "is not a folder", "Give a folder for the files of the recording.");
        if (config.name().isEmpty() && Files.isDirectory(output))
            throw refuse(output, "is a folder", "Give the trace to write.");
        Files.createDirectories(folder);
        if (!Files.isWritable(folder))
            throw refuse(folder, "may not be written to by this user", "Record into another folder.");
        String file = "." + config.name().orElse(output.getFileName().toString()) + ".lock";
        return new Place(config, Claim.on(folder.resolve(file), output.toString()));
    }

    /** What fails here costs nothing: the lock ends with the process. */
    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException endsWithTheProcess) {
            // Nothing else is open.
        }
    }

    private static BadInputException refuse(Path path, String found, String help) {
        return new BadInputException(new Problem(path.toString(), "", found, help));
    }

    boolean isFolder() {
        return config.name().isPresent();
    }

    /** The file to write next, which may be there already only if it is the one trace. */
    Path next(Instant start) throws IOException {
        if (!isFolder()) return config.output();
        long number = files().stream().mapToLong(this::number).max().orElse(0) + 1;
        return config.output()
                .resolve(String.format(
                        Locale.ROOT, "%s-%s-%04d.trace", config.name().get(), STAMP.format(start), number));
    }

    /** Oldest first. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (!isFolder()) {
            if (Files.exists(config.output())) files.add(config.output());
            return files;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(config.output())) {
            for (Path path : all)
                if (ours.matcher(path.getFileName().toString()).matches()) files.add(path);
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        files.sort(Comparator.comparingLong(this::number));
        return files;
    }

    /** Bytes of all files but this one. */
    long bytesBeside(Path one) throws IOException {
        long bytes = 0;
        for (Path file : files()) if (!file.equals(one)) bytes += size(file);
        return bytes;
    }

    /** Deletes the oldest file but this one; whether there was any. */
    boolean deleteOldestBeside(Path one) throws IOException {
        for (Path file : files()) {
            if (file.equals(one)) continue;
            Files.deleteIfExists(file);
            return true;
        }
        return false;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException movedAway) {
            return 0;
        }
    }

    private long number(Path file) {
        Matcher name = ours.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }
}
