package io.tierdrill.model.run;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON files of a run folder. Fields stand in the order of their record, keys of maps in the order of the alphabet,
 * so that the same run writes the same bytes; enums and instances stand as their words ({@code l7/2}). Unknown fields
 * are skipped on reading: a folder of a later version still opens.
 */
public final class RunFiles {
    private static final JsonMapper PRETTY = RunJson.pretty();
    private static final JsonMapper LINE = RunJson.line();

    private RunFiles() {}

    /** Writes all of it or nothing: a kill never leaves half a file under the name. */
    public static void write(Path path, Object value) throws IOException {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        Files.writeString(part, text(value));
        Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The text {@link #write} writes, for standard output; ends with a line feed. */
    public static String text(Object value) {
        return PRETTY.writeValueAsString(value) + "\n";
    }

    /**
     * A line more of a file of values, one a line; on its way to the disk when the call ends. A last line that was cut by
     * a kill is taken out: behind it the new one would be lost too.
     */
    public static void append(Path path, Object value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long whole = file.length();
            while (whole > 0 && byteAt(file, whole - 1) != '\n') whole--;
            file.setLength(whole);
            file.seek(whole);
            file.write(line(value).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int byteAt(RandomAccessFile file, long place) throws IOException {
        file.seek(place);
        return file.read();
    }

    static String line(Object value) {
        return LINE.writeValueAsString(value) + "\n";
    }

    /**
     * All values of such a file, in the order they were written. A last line without its end was cut by a kill and is
     * left out.
     *
     * @throws BadInputException if there is no such file, or a line of it does not hold such a value
     */
    public static <T> List<T> readLines(Path path, Class<T> type) throws IOException, BadInputException {
        if (!Files.isRegularFile(path)) throw missing(path);
        String text = Files.readString(path);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) values.add(value(lines.get(i), path + ":" + (i + 1), type));
        return List.copyOf(values);
    }

    private static <T> T value(String line, String where, Class<T> type) throws BadInputException {
        try {
            T value = LINE.readValue(line, type);
            if (value != null) return value;
            throw new BadInputException(foreign(where, type, "holds null"));
        } catch (JacksonException wrong) {
            throw new BadInputException(foreign(where, type, found(wrong)));
        }
    }

    /** @throws BadInputException if there is no such file or it does not hold such a value */
    public static <T> T read(Path path, Class<T> type) throws IOException, BadInputException {
        if (!Files.isRegularFile(path)) throw missing(path);
        try {
            T value = PRETTY.readValue(Files.readString(path), type);
            if (value == null) throw new BadInputException(foreign(path.toString(), type, "holds null"));
            return value;
        } catch (JacksonException wrong) {
            throw new BadInputException(foreign(path + at(wrong), type, found(wrong)));
        }
    }

    static BadInputException missing(Path path) {
        return new BadInputException(new Problem(
                path.toString(),
                "",
                "there is no such file",
                "A run that was stopped before its end may lack it. Name the folder of a whole run."));
    }

    private static Problem foreign(String where, Class<?> type, String what) {
        return new Problem(where, "", "not the JSON of " + type.getSimpleName() + ": " + what, "");
    }

    /** What was found, without the names of Java. */
    private static String found(JacksonException wrong) {
        if (wrong instanceof InvalidFormatException word)
            return "found \"" + word.getValue() + "\" where a "
                    + word.getTargetType().getSimpleName() + " belongs";
        return wrong.getOriginalMessage();
    }

    private static String at(JacksonException wrong) {
        TokenStreamLocation place = wrong.getLocation();
        return place == null || place.getLineNr() < 1 ? "" : ":" + place.getLineNr() + ":" + place.getColumnNr();
    }
}
