package io.tierdrill.recorder.input;

import io.tierdrill.model.config.BadInputException;
import java.io.IOException;

/**
 * An input cut into the pieces that each stand for one request: lines, or entries of a document. The bytes of a piece are
 * good until the next call of {@link #next}. A piece may come several times, for a row that stands for many requests. One
 * thread.
 */
public interface Units {

    /**
     * Moves to the next piece; false at the end.
     *
     * @throws BadInputException when nothing behind this place can be read
     */
    boolean next() throws IOException, BadInputException;

    /** The array that holds the piece. */
    byte[] bytes();

    int from();

    int to();

    /** The piece's number, from 1. */
    long number();

    /** The line of the input in which the piece begins, from 1. */
    default long line() {
        return number();
    }

    /** The column, in bytes from 1, in which the piece begins. */
    default int column() {
        return 1;
    }

    /** Whether the piece is longer than may be read; only its beginning is there. It is counted and left out. */
    boolean tooLong();
}
