package io.tierdrill.recorder.imports;

import java.io.IOException;

/** Units were given on ahead of one that belongs before them: the input has to be read again, and sorted as a whole. */
final class TooHasty extends IOException {
    private static final long serialVersionUID = 1L;

    TooHasty() {
        super("this input is not in order");
    }
}
