package io.tierdrill.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Says what went wrong with a file or socket; several of Java's own messages are only the name of the file. */
final class IoText {
    private IoText() {}

    static String of(IOException e) {
        if (e instanceof NoSuchFileException) return e.getMessage() + ": there is no such file";
        if (e instanceof AccessDeniedException) return e.getMessage() + ": permission denied";
        if (e instanceof FileAlreadyExistsException)
            return e.getMessage() + ": exists already; nothing was overwritten";
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
