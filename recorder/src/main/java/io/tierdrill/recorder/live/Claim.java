package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second recording away from the same files: two writers of one trace would overwrite each other. A lock of the
 * operating system on an empty file beside them, so that a kill leaves nothing to clean up. Thread-safe.
 */
final class Claim implements AutoCloseable {
    private final FileChannel file;

    private Claim(FileChannel file) {
        this.file = file;
    }

    /** @param what the trace, or the folder and name, for the message */
    static Claim on(Path lockFile, String what) throws IOException, BadInputException {
        FileChannel file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) return new Claim(file);
        } catch (OverlappingFileLockException ourselves) {
            // Another recording in this very process.
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
        file.close();
        throw new BadInputException(new Problem(
                what, "", "another recording is writing here", "End it, or record into another place or name."));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
