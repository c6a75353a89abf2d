package io.tierdrill.recorder.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a finished file in place of another, in one step where the file system can. */
public final class Replacement {
    private Replacement() {}

    /** Leaves nothing of the finished file under its own name. */
    public static void move(Path finished, Path target) throws IOException {
        try {
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(finished, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
