package io.tierdrill.recorder.packets.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lines of a text file that others append to. A line counts once its end is there. One thread. */
final class GrowingFile {
    /** Takes lines. */
    @FunctionalInterface
    interface Lines {
        void line(String source, long number, String text);
    }

    private final Path path;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private long number;

    GrowingFile(Path path) {
        this.path = path;
    }

    String name() {
        return path.toString();
    }

    /** A file that became shorter was begun anew, and is read from its start. */
    void readMore(Lines lines) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() < position) {
                position = 0;
                number = 0;
                line.reset();
            }
            while (channel.read(buffer.clear(), position) > 0) {
                position += buffer.position();
                split(buffer.flip(), lines);
            }
        } catch (NoSuchFileException notYet) {
            // Its writer makes it with the first line.
        }
    }

    private void split(ByteBuffer bytes, Lines lines) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') lastLine(lines);
            else if (line.size() < KeyLogLine.MOST_CHARS) line.write(b);
        }
    }

    /** What stands behind the last line end is a line too. */
    void lastLine(Lines lines) {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        lines.line(path.toString(), ++number, text);
    }
}
