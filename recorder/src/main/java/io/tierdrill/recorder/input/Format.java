package io.tierdrill.recorder.input;

import io.tierdrill.model.config.BadInputException;
import java.io.IOException;
import java.io.InputStream;

/** A form of input that can be imported. Stateless; what one file needs is in the {@link Reading} it opens. */
public interface Format {

    /** On the command line and in accounts: {@code combined}. */
    String word();

    /** One line for people: what writes it and what it looks like. */
    String description();

    /** What a unit is called: {@code line}. Its plural adds an s. */
    default String unit() {
        return "line";
    }

    /** How well the beginning of an input looks like this form; must not throw, whatever the bytes. */
    Likeness judge(Head head);

    /**
     * Makes ready to read an input from its beginning.
     *
     * @param head the same bytes that {@code in} begins with
     * @param in the whole input, unpacked; the caller closes it
     * @param server stands in for what the input does not tell
     * @throws BadInputException when the input can never be read in this form, however many units are skipped
     */
    Reading open(Head head, InputStream in, Server server) throws IOException, BadInputException;
}
