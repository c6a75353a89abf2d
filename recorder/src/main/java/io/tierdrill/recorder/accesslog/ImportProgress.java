package io.tierdrill.recorder.accesslog;

/**
 * How far an import is; told every few thousand lines.
 *
 * @param stage what is being done
 * @param lines done in this stage
 * @param share of this stage that is done, 0 to 1; 0 while it is not known
 */
public record ImportProgress(Stage stage, long lines, double share) {

    /** Lines are first read and sorted, then written in order. */
    public enum Stage {
        READING,
        WRITING
    }
}
